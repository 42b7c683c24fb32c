// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.manifest.ManifestEntry;
import dev.cairn.path.StorePath;
import dev.cairn.scheme.Datum;
import dev.cairn.scheme.SchemePrinter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Makes manifest entries of chosen packages. What comes along with a package is listed under it, nearest first, unless
 * an earlier one has listed it or it was asked for itself: so each package is in the manifest once.
 *
 * @param architecture the machine's own
 */
record DebianEntries(Solution solution, Map<Candidate, StorePath> items, String architecture) {
    /** One for each wanted package. */
    List<ManifestEntry> entries() {
        Set<Candidate> listed = new HashSet<>(solution.wanted());
        List<ManifestEntry> entries = new ArrayList<>();
        for (Candidate wanted : solution.wanted()) {
            entries.add(entry(wanted, along(wanted, listed)));
        }
        return entries;
    }

    private List<ManifestEntry> along(Candidate wanted, Set<Candidate> listed) {
        List<ManifestEntry> along = new ArrayList<>();
        Set<Candidate> seen = new HashSet<>();
        Deque<Candidate> waiting = new ArrayDeque<>(List.of(wanted));
        while (!waiting.isEmpty()) {
            Candidate candidate = waiting.remove();
            if (seen.add(candidate)) {
                if (listed.add(candidate)) {
                    along.add(entry(candidate, List.of()));
                }
                waiting.addAll(solution.dependencies().getOrDefault(candidate, List.of()));
            }
        }
        return along;
    }

    private ManifestEntry entry(Candidate candidate, List<ManifestEntry> along) {
        String own = candidate.architecture();
        SortedMap<String, String> properties = ManifestEntry.fromChannel(candidate.channel());
        properties.put(ManifestEntry.DEBIAN, SchemePrinter.print(Datum.text(own)));
        return new ManifestEntry(
                candidate.name(),
                candidate.version(),
                own.equals("all") || own.equals(architecture) ? "out" : own,
                items.get(candidate),
                along,
                List.of(),
                properties);
    }
}
