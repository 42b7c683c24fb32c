// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.daemon.HostSystem;
import dev.cairn.debian.Architectures;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.PosixLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Fetches a channel's next revision. One at a time: others wait. */
final class ArchiveRefresh {
    private final Path folder;
    private final Revisions revisions;
    private final Fetch fetch;

    /** {@link ArchiveFetch#fetch}, or what stands for it. */
    @FunctionalInterface
    interface Fetch {
        FetchReport fetch(
                List<ArchiveSource> sources, Path folder, Optional<ArchiveFetch.Previous> previous, EventSink events)
                throws CairnException;
    }

    /** @param folder the channel's own */
    ArchiveRefresh(Path folder, Fetch fetch) {
        this.folder = folder;
        this.revisions = new Revisions(folder);
        this.fetch = fetch;
    }

    /** @return whether the packages changed */
    boolean run(List<ArchiveSource> sources, EventSink events) throws IOException, CairnException {
        Files.createDirectories(folder);
        try (PosixLock _ = PosixLock.acquire(folder.resolve("lock"), PosixLock.Mode.EXCLUSIVE)) {
            revisions.clean();
            Optional<Revisions.Revision> before = revisions.current();
            Optional<RevisionRecord> record = before.isPresent() ? record(before.get()) : Optional.empty();
            Revisions.Revision next = revisions.begin();
            boolean published = false;
            boolean changed;
            try {
                FetchReport report = fetch.fetch(
                        sources,
                        next.lists(),
                        record.map(r -> new ArchiveFetch.Previous(before.orElseThrow().lists(), r.report())),
                        events);
                changed = report.changed();
                if (record.isPresent() && !changed) {
                    confirm(before.orElseThrow(), record.get(), report);
                } else {
                    publish(next, report);
                    published = true;
                }
            } finally {
                if (!published) {
                    revisions.discard(next);
                }
            }
            return published && changed;
        }
    }

    /** A damaged one is as good as none: everything is fetched again. */
    private static Optional<RevisionRecord> record(Revisions.Revision revision) throws IOException {
        try {
            return Optional.of(RevisionRecord.read(revision));
        } catch (FormatException _) {
            return Optional.empty();
        }
    }

    /** Notes that what is there is what the sources have. */
    private static void confirm(Revisions.Revision revision, RevisionRecord record, FetchReport report)
            throws IOException {
        new RevisionRecord(record.indices(), report.sources(), machine(), record.made(), now()).write(revision);
    }

    private void publish(Revisions.Revision next, FetchReport report) throws IOException {
        PackageIndexWriter.write(
                next.index(), report.indices().stream().map(FetchedIndex::packages).toList());
        new RevisionRecord(report.indices(), report.sources(), machine(), now(), now()).write(next);
        revisions.publish(next);
        revisions.clean();
    }

    /** This machine's architecture, of which an archive need not have anything. */
    private static String machine() {
        return Architectures.of(HostSystem.name());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
