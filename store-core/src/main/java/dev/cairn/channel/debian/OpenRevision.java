// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.ContentsSink;
import dev.cairn.debian.BinaryPackage;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.fs.Interrupts;
import dev.cairn.packages.DefinitionProblem;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A revision of a channel that is being read. It stays readable when it is deleted. Safe for use by several threads
 * if its arena is. */
record OpenRevision(String fingerprint, RevisionRecord record, PackageIndex packages) {
    /**
     * @param arena how long it can be read
     * @throws FormatException when the record is damaged
     */
    static OpenRevision open(Revisions.Revision revision, Arena arena) throws IOException, FormatException {
        String fingerprint = revision.fingerprint();
        RevisionRecord record = RevisionRecord.read(revision);
        return new OpenRevision(fingerprint, record, PackageIndex.open(revision.index(), record.indices(), arena));
    }

    /** Gives the rows of all packages, sorted by name. @param channel by name */
    void deliver(String channel, ContentsSink sink) throws IOException, CairnException {
        List<Path> files = record.indices().stream()
                .map(FetchedIndex::translation)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        try (Translations translations = new Translations(files)) {
            DebianRows rows = new DebianRows(channel, record.architecture(), translations);
            for (int i = 0; i < packages.nameCount(); i++) {
                if (i % 1024 == 0) {
                    Interrupts.check();
                }
                PackageIndex.Entries entries = packages.entries(i);
                for (PackageIndex.Problem problem : entries.problems()) {
                    sink.problem(new DefinitionProblem(
                            problem.index().packages().getFileName().toString(),
                            0,
                            0,
                            "octet " + problem.offset(),
                            problem.message(),
                            "a package"));
                }
                List<BinaryPackage> builds =
                        entries.sound().stream().map(PackageIndex.Entry::description).toList();
                Map<String, Standing> standings = new HashMap<>();
                entries.sound().forEach(entry ->
                        standings.merge(entry.description().version(), entry.index().standing(), Standing::or));
                for (CatalogPackage row : rows.of(builds)) {
                    sink.add(switch (standings.getOrDefault(row.version(), Standing.USUAL)) {
                        case USUAL -> row;
                        case UPGRADED -> row.asOnRequest(true);
                        case REQUESTED -> row.asOnRequest(false);
                    });
                }
            }
        }
    }
}
