// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.channel.Wish;
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
import java.util.TreeMap;

/**
 * Makes manifest entries of chosen packages. What comes along with a package is listed under it, nearest first, unless
 * an earlier one has listed it or it was asked for itself: so each package is in the manifest once.
 *
 * @param architecture the machine's own
 */
record DebianEntries(Solution solution, Map<Candidate, StorePath> items, String architecture) {
    private static final String YES = SchemePrinter.print(Datum.text("yes"));

    /** One for each wanted package. @param terms of each, all said */
    List<ManifestEntry> entries(List<Wish.Terms> terms) {
        Set<Candidate> listed = new HashSet<>(solution.wanted());
        List<ManifestEntry> entries = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            Candidate wanted = solution.wanted().get(i);
            SortedMap<String, String> marks = new TreeMap<>();
            if (terms.get(i).pinned()) {
                marks.put(ManifestEntry.PINNED, YES);
            }
            if (!terms.get(i).recommended().orElse(true)) {
                marks.put(ManifestEntry.WITHOUT_RECOMMENDED, YES);
            }
            entries.add(entry(wanted, along(wanted, listed), marks));
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
                    along.add(entry(candidate, List.of(), Map.of()));
                }
                waiting.addAll(solution.dependencies().getOrDefault(candidate, List.of()));
            }
        }
        return along;
    }

    private ManifestEntry entry(Candidate candidate, List<ManifestEntry> along, Map<String, String> marks) {
        String own = candidate.architecture();
        SortedMap<String, String> properties = ManifestEntry.fromChannel(candidate.channel());
        properties.putAll(marks);
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
