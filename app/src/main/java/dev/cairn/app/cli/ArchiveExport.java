// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.archive.ArchiveWriter;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.path.StorePath;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Items in the order in which an archive must have them: what an item refers to comes before it, depth first in the
 * order of names (formats, section 5.1).
 */
record ArchiveExport(Daemon daemon, List<StorePath> items) {
    private static final int BUFFER_SIZE = 1 << 18;

    /** @param recursive whether all that {@code items} refer to, directly or not, goes with them */
    static ArchiveExport of(Daemon daemon, SequencedSet<StorePath> items, boolean recursive) throws DaemonException {
        Map<StorePath, PathInfo> known = daemon.requisites(items).stream()
                .collect(Collectors.toMap(PathInfo::path, Function.identity()));
        List<StorePath> ordered = ordered(items, known).stream()
                .filter(item -> recursive || items.contains(item))
                .toList();
        return new ArchiveExport(daemon, ordered);
    }

    private record Visit(StorePath item, Iterator<StorePath> references) {}

    private static Set<StorePath> ordered(SequencedSet<StorePath> items, Map<StorePath, PathInfo> known) {
        Set<StorePath> ordered = new LinkedHashSet<>();
        Set<StorePath> seen = new HashSet<>();
        Deque<Visit> open = new ArrayDeque<>();
        for (StorePath root : items) {
            open.push(new Visit(root, List.of(root).iterator()));
            while (!open.isEmpty()) {
                Visit visit = open.element();
                if (!visit.references().hasNext()) {
                    open.pop();
                    ordered.add(visit.item());
                    continue;
                }
                StorePath next = visit.references().next();
                PathInfo info = known.get(next);
                if (info != null && seen.add(next)) {
                    open.push(new Visit(next, info.references().iterator()));
                }
            }
        }
        return ordered;
    }

    /** Writes them all, signed. @throws IOException when {@code out} throws it */
    void writeTo(OutputStream out) throws DaemonException, IOException {
        Watched watched = new Watched(out);
        OutputStream buffered = new BufferedOutputStream(watched, BUFFER_SIZE);
        ArchiveWriter writer = new ArchiveWriter(buffered);
        for (StorePath item : items) {
            writer.beginItem();
            try {
                daemon.exportItem(item, true, buffered);
            } catch (DaemonException e) {
                throw watched.failure(e);
            }
        }
        writer.end();
        buffered.flush();
    }

    /** Remembers whether it was the output that failed, which whoever exports takes for a failure of the store. */
    private static final class Watched extends FilterOutputStream {
        private Optional<IOException> failure = Optional.empty();

        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            try {
                out.write(octets, offset, length);
            } catch (IOException e) {
                failure = Optional.of(e);
                throw e;
            }
        }

        /** What to throw in place of {@code other}. */
        DaemonException failure(DaemonException other) throws IOException {
            if (failure.isPresent()) {
                throw failure.get();
            }
            return other;
        }
    }
}
