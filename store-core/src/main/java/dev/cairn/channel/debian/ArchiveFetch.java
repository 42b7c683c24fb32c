// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Fetches the indices of archives and verifies them: signature, dates and suite of the release, then every file. */
public final class ArchiveFetch {
    private ArchiveFetch() {}

    /**
     * Fetches what changed. A source that cannot be reached, read or verified is passed over: its status says why, and
     * what {@code previous} has of it is kept.
     *
     * @param folder an empty folder that takes the files
     * @param previous the folder of an earlier call and what it gave; files that are the same are linked, not fetched
     */
    public static FetchReport fetch(
            List<ArchiveSource> sources, Path folder, Optional<Previous> previous, EventSink events)
            throws CairnException {
        throw new UnsupportedOperationException();
    }

    /** What an earlier call left. */
    public record Previous(Path folder, FetchReport report) {}
}
