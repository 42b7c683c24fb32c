// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.http.FetchAnswer;
import dev.cairn.http.FetchException;
import dev.cairn.http.FetchRequest;
import dev.cairn.http.Fetcher;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/** Downloads files of one source. */
final class FetchDownloads {
    private final ArchiveSource source;
    private final Fetcher fetcher;
    private final Activities activities;

    FetchDownloads(ArchiveSource source, Fetcher fetcher, Activities activities) {
        this.source = source;
        this.fetcher = fetcher;
        this.activities = activities;
    }

    /** The address of a file of the suite. */
    URI address(String name) {
        String suite = source.suite().replaceFirst("^/+", "");
        boolean flat = source.suite().endsWith("/");
        return source.archive().resolve(escaped(flat ? suite + name : "dists/" + suite + "/" + name));
    }

    /** A relative name as addresses write it. */
    private static String escaped(String name) {
        try {
            return "." + new URI("file", null, "/" + name, null).getRawPath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isLocal() {
        return "file".equalsIgnoreCase(source.archive().getScheme());
    }

    /**
     * Fetches a file that need not be there. Its time becomes that which the server tells, the beginning of time if
     * none.
     *
     * @param since as {@link FetchRequest#since}
     * @return empty if there is none
     */
    Optional<FetchAnswer> find(String name, Path file, long limit, Optional<Instant> since)
            throws FetchException, IOException {
        return find(address(name), file, limit, since);
    }

    /** Fetches likewise a file that need not be one of the suite. */
    Optional<FetchAnswer> find(URI address, Path file, long limit, Optional<Instant> since)
            throws FetchException, IOException {
        FetchRequest request = FetchRequest.of(address)
                .atMost(limit)
                .by(source.access().proxies());
        request = since.map(request::ifChangedSince).orElse(request);
        try (Activities.Activity activity = activities.start(Event.Kind.DOWNLOAD, request.address().toString())) {
            try {
                FetchAnswer answer = fetcher.fetch(request, file, activity);
                if (answer instanceof FetchAnswer.Fetched(long _, Optional<Instant> modified)) {
                    Files.setLastModifiedTime(file, FileTime.from(modified.orElse(Instant.EPOCH)));
                }
                activity.finish();
                return Optional.of(answer);
            } catch (FetchException e) {
                if (e.kind() == FetchException.Kind.NOT_FOUND) {
                    activity.finish();
                    return Optional.empty();
                }
                activity.fail(e.reason(), e.hint());
                throw e;
            }
        }
    }
}
