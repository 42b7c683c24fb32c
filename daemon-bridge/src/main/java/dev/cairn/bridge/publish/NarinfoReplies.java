// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.bridge.web.Body;
import dev.cairn.bridge.web.WebRequest;
import dev.cairn.bridge.web.WebResponse;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.PathInfo;
import dev.cairn.error.CairnException;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers what is asked of items by their hash parts. */
final class NarinfoReplies {
    private final Daemon daemon;
    private final PublishSettings settings;
    private final Pages pages;
    private final Optional<Bakery> bakery;

    NarinfoReplies(Daemon daemon, PublishSettings settings, Pages pages, Optional<Bakery> bakery) {
        this.daemon = daemon;
        this.settings = settings;
        this.pages = pages;
        this.bakery = bakery;
    }

    WebResponse reply(WebRequest request, String hashPart) throws CairnException, IOException {
        Optional<StorePath> path = daemon.pathFromHashPart(hashPart);
        Optional<PathInfo> item = path.isPresent() ? StoreItem.of(daemon, path.get()) : Optional.empty();
        if (item.isEmpty()) {
            return bakery.isPresent() ? kept(request, hashPart, bakery.get().cache()) : missing(request);
        }
        List<Packing> packings = Packing.of(item.get().path(), settings.packings());
        return bakery.isPresent()
                ? fromCache(request, item.get(), packings, bakery.get())
                : reply(pages.page(item.get(), packings), settings.ttl());
    }

    private WebResponse fromCache(WebRequest request, PathInfo item, List<Packing> packings, Bakery own)
            throws CairnException, IOException {
        NarCache cache = own.cache();
        Optional<Narinfo> kept = cache.narinfo(item.path(), packings)
                // What was built again may have become something else.
                .filter(narinfo -> narinfo.claim().narHash().equals(item.narHash()));
        if (kept.isPresent()) {
            List<OptionalLong> sizes = new ArrayList<>();
            for (Packing packing : packings) {
                sizes.add(OptionalLong.of(Files.size(cache.narFile(item.path(), packing))));
                NarCache.touch(cache.narinfoFile(item.path(), packing));
            }
            return reply(pages.page(item, packings, sizes), settings.ttl());
        }
        if (!StoreItem.mayBeFetched(daemon, item.path())) {
            return reply(pages.page(item, packings), settings.ttl());
        }
        boolean hope = own.baker().request(item, packings);
        return hope && !own.bypasses(item)
                ? Replies.baking(request)
                : reply(pages.page(item, packings), Optional.of(Replies.SOON));
    }

    /** What the store had once and the cache still has. */
    private WebResponse kept(WebRequest request, String hashPart, NarCache cache) throws IOException {
        Optional<StorePath> path = cache.item(hashPart);
        if (path.isEmpty()) {
            return missing(request);
        }
        List<Packing> packings = Packing.of(path.get(), settings.packings());
        Optional<Narinfo> kept = cache.narinfo(path.get(), packings);
        if (kept.isEmpty()) {
            return missing(request);
        }
        packings.forEach(packing -> NarCache.touch(cache.narinfoFile(path.get(), packing)));
        return reply(Page.of(kept.get().octets()), settings.ttl());
    }

    private WebResponse missing(WebRequest request) {
        return Replies.lasting(Replies.notFound(request, ""), settings.negativeTtl());
    }

    private static WebResponse reply(Page page, Optional<Duration> ttl) {
        return Replies.lasting(
                WebResponse.of(200, Replies.NARINFO, new Body.Octets(page.octets())).tagged(page.tag()), ttl);
    }
}
