// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.bridge.server.Journal;
import dev.cairn.bridge.web.Body;
import dev.cairn.bridge.web.WebHandler;
import dev.cairn.bridge.web.WebRequest;
import dev.cairn.bridge.web.WebResponse;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.Daemon;
import dev.cairn.encoding.Base32;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.narinfo.CacheInfo;
import dev.cairn.narinfo.Compression;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what is asked for (formats, section 6.6). */
final class Publication implements WebHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);
    private static final int HASH_LENGTH = Base32.encodedLength(HashAlgorithm.SHA256.size());

    /** How long the administrator is not told again that requests cannot be answered. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final Daemon daemon;
    private final PublishSettings settings;
    private final Signer signer;
    private final NarinfoReplies narinfos;
    private final NarReplies nars;
    private final FileReplies files;
    private final List<String> narPath;
    private final Journal journal;
    private final AtomicReference<Instant> complained = new AtomicReference<>(Instant.EPOCH);

    Publication(
            Daemon daemon,
            PublishSettings settings,
            Signer signer,
            NarinfoReplies narinfos,
            NarReplies nars,
            FileReplies files,
            Journal journal) {
        this.daemon = daemon;
        this.settings = settings;
        this.signer = signer;
        this.narinfos = narinfos;
        this.nars = nars;
        this.files = files;
        this.journal = journal;
        this.narPath = List.of(settings.narPath().split("/"));
    }

    @Override
    public WebResponse answer(WebRequest request) {
        // Guix's clients never ask for heads alone and its server has none; Nix's do, to find out what is there.
        boolean served = request.method().equals("GET")
                || request.isHead() && settings.dialect() == Dialect.NIX;
        if (!served) {
            return Replies.notFound(request);
        }
        try {
            return route(request, segments(request.path()));
        } catch (FormatException | IllegalArgumentException e) {
            LOG.debug("Nothing can be called {}", request.path(), e);
            return Replies.notFound(request);
        } catch (CairnException | IOException e) {
            complain(request, e);
            return Replies.failed();
        }
    }

    /** What is wrong with the store is wrong for every request, so it is not told for each. */
    private void complain(WebRequest request, Exception problem) {
        LOG.warn("{} could not be answered: {}", request.path(), problem.getMessage());
        LOG.debug("Where that was found", problem);
        Instant now = Instant.now();
        Instant before = complained.get();
        if (before.plus(SILENCE).isBefore(now) && complained.compareAndSet(before, now)) {
            journal.note("cannot answer '" + request.path() + "': " + problem.getMessage());
        }
    }

    /** Decoded one by one, so that an encoded slash is none. */
    private static List<String> segments(String path) {
        return Arrays.stream(path.substring(1).split("/", -1))
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    private WebResponse route(WebRequest request, List<String> path) throws CairnException, IOException {
        String last = path.getLast();
        if (isNarPath(path)) {
            return nar(request, path.subList(narPath.size(), path.size()));
        }
        return switch (path.size()) {
            case 1 -> switch (last) {
                case "", "index.html" -> WebResponse.of(200, "text/html;charset=UTF-8", home());
                case CacheInfo.NAME -> WebResponse.of(200, Replies.TEXT, new Body.Octets(cacheInfo().octets()));
                case "signing-key.pub" -> WebResponse.of(
                        200, "text/plain;charset=UTF-8", Body.Octets.text(signer.publicKeys()));
                default -> narinfo(request, last);
            };
            case 2 -> path.getFirst().equals("log")
                    ? files.log(request, daemon.storeDirectory().item(last))
                    : Replies.notFound(request);
            case 4 -> path.getFirst().equals("file") && path.get(2).equals("sha256") && last.length() == HASH_LENGTH
                    ? files.content(request, path.get(1), new Hash(HashAlgorithm.SHA256, Base32.decode(last)))
                    : Replies.notFound(request);
            default -> Replies.notFound(request);
        };
    }

    private boolean isNarPath(List<String> path) {
        int more = path.size() - narPath.size();
        return (more == 1 || more == 2) && path.subList(0, narPath.size()).equals(narPath);
    }

    private WebResponse nar(WebRequest request, List<String> path) throws CairnException, IOException {
        StorePath item = daemon.storeDirectory().item(path.getLast());
        Optional<Compression> compression = path.size() == 1
                ? Optional.of(Compression.NONE)
                : Compression.of(path.getFirst()).filter(method -> method != Compression.NONE);
        return compression.isPresent() ? nars.reply(request, item, compression.get()) : Replies.notFound(request);
    }

    private WebResponse narinfo(WebRequest request, String name) throws CairnException, IOException {
        String hashPart = name.endsWith(Narinfo.SUFFIX)
                ? name.substring(0, name.length() - Narinfo.SUFFIX.length())
                : "";
        boolean named = hashPart.length() == StorePath.HASH_LENGTH
                && hashPart.chars().allMatch(c -> Base32.isDigit((char) c));
        return named ? narinfos.reply(request, hashPart) : Replies.notFound(request);
    }

    /** Nix is glad to be told that it may ask for many at once, and prefers what is near. */
    private CacheInfo cacheInfo() {
        return switch (settings.dialect()) {
            case GUIX -> new CacheInfo(daemon.storeDirectory(), false, OptionalInt.of(100));
            case NIX -> new CacheInfo(daemon.storeDirectory(), true, OptionalInt.of(30));
        };
    }

    private Body home() {
        return Body.Octets.text("""
                <!DOCTYPE html>
                <html lang="en">
                <head><title>Substitutes</title></head>
                <body>
                <h1>Substitutes</h1>
                <p>This machine publishes what is in its %s for others to use. To have them believe it, authorise
                its <a href="signing-key.pub">signing key</a> there, if you trust whoever runs this machine.</p>
                </body>
                </html>
                """.formatted(daemon.storeDirectory()));
    }
}
