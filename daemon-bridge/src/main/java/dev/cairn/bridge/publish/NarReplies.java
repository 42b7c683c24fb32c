// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.bridge.web.Body;
import dev.cairn.bridge.web.WebRequest;
import dev.cairn.bridge.web.WebResponse;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.error.CairnException;
import dev.cairn.narinfo.Compression;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sends archives: those of the cache as they are, others while they are made. */
final class NarReplies {
    /** How long a client waits for its turn when much is being compressed. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Daemon daemon;
    private final PublishSettings settings;
    private final MemoryBudget memory;
    private final Optional<Bakery> bakery;

    NarReplies(Daemon daemon, PublishSettings settings, MemoryBudget memory, Optional<Bakery> bakery) {
        this.daemon = daemon;
        this.settings = settings;
        this.memory = memory;
        this.bakery = bakery;
    }

    WebResponse reply(WebRequest request, StorePath path, Compression compression) throws CairnException, IOException {
        Optional<PathInfo> item = StoreItem.of(daemon, path);
        if (item.isPresent() && !StoreItem.mayBeFetched(daemon, path)) {
            return Replies.notFound(request);
        }
        if (bakery.isPresent() && isKept(bakery.get().cache(), path, item, compression)) {
            Optional<WebResponse> kept = kept(bakery.get().cache().narFile(path, compression));
            if (kept.isPresent()) {
                return kept.get();
            }
        }
        Optional<Packing> packing = packing(compression);
        boolean made = item.isPresent() && packing.isPresent() && isMade(item.get(), packing.get());
        return made ? live(request, item.get(), packing.get()) : Replies.notFound(request);
    }

    /** Whether the cache has it, and not as it was before it was built again. */
    private static boolean isKept(NarCache cache, StorePath path, Optional<PathInfo> item, Compression compression)
            throws IOException {
        Optional<Narinfo> kept = cache.narinfo(path, compression);
        return kept.isPresent()
                && (item.isEmpty() || item.get().narHash().equals(kept.get().claim().narHash()));
    }

    /** Whether an archive is made for whoever asks, rather than put into the cache first. */
    private boolean isMade(PathInfo item, Packing packing) {
        if (bakery.isEmpty() || packing.compression() == Compression.NONE || bakery.get().bypasses(item)) {
            return true;
        }
        List<Packing> packings = Packing.of(item.path(), settings.packings());
        return !bakery.get().baker().request(item, packings);
    }

    /** How to compress, of the methods that are offered; uncompressed is always possible. */
    private Optional<Packing> packing(Compression compression) {
        return compression == Compression.NONE
                ? Optional.of(Packing.NONE)
                : settings.packings().stream()
                        .filter(packing -> packing.compression() == compression)
                        .findFirst();
    }

    private Optional<WebResponse> kept(Path file) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        try {
            NarCache.touch(file);
            Instant modified = Files.readAttributes(file, BasicFileAttributes.class).lastModifiedTime().toInstant();
            String tag = "\"" + Long.toHexString(channel.size()) + "-" + Long.toHexString(modified.getEpochSecond())
                    + Integer.toHexString(modified.getNano()) + "\"";
            WebResponse response =
                    WebResponse.of(200, Replies.OCTETS, new Body.OpenFile(channel, channel.size()))
                            .tagged(tag)
                            .modified(modified)
                            .inParts();
            return Optional.of(Replies.lasting(response, settings.ttl()));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private WebResponse live(WebRequest request, PathInfo item, Packing packing) throws DaemonException {
        try {
            Optional<MemoryBudget.Share> share = memory.take(List.of(packing), PATIENCE);
            if (share.isEmpty()) {
                return Replies.busy();
            }
            Optional<Body> body = LiveNar.of(daemon, item, packing, share.get());
            if (body.isEmpty()) {
                return Replies.notFound(request);
            }
            WebResponse response = WebResponse.of(200, Replies.ARCHIVE, body.get());
            return packing.level() > 0
                    ? response
                    : response.tagged("\"" + item.narHash().base32() + "\"")
                            .modified(item.registered())
                            .inParts();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Replies.busy();
        }
    }
}
