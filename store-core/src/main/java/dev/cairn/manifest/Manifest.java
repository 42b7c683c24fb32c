// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest;

import dev.cairn.path.StorePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.UnaryOperator;

/**
 * The packages of a profile, most recently installed first (formats, section 10.6).
 *
 * @param entries top-level entries; what they propagate is inside them
 */
public record Manifest(List<ManifestEntry> entries) {
    /** A profile without packages. */
    public static final Manifest EMPTY = new Manifest(List.of());

    public Manifest {
        entries = List.copyOf(entries);
    }

    /** All entries breadth-first: the top-level ones, what those propagate, and so on; equal ones once. */
    public List<ManifestEntry> transitiveEntries() {
        List<ManifestEntry> all = new ArrayList<>();
        // By item first: comparing whole entries with each other would take their number squared.
        Map<StorePath, List<ManifestEntry>> seen = new HashMap<>();
        Deque<ManifestEntry> waiting = new ArrayDeque<>(entries);
        while (!waiting.isEmpty()) {
            ManifestEntry entry = waiting.remove();
            List<ManifestEntry> same = seen.computeIfAbsent(entry.item(), _ -> new ArrayList<>());
            if (!same.contains(entry)) {
                same.add(entry);
                all.add(entry);
                waiting.addAll(entry.propagatedInputs());
            }
        }
        return all;
    }

    /** The same packages, their items under other names. */
    public Manifest renamed(UnaryOperator<StorePath> names) {
        return new Manifest(entries.stream().map(entry -> entry.renamed(names)).toList());
    }

    /** The items that make up the profile, in the order in which they win over each other. */
    public SequencedSet<StorePath> items() {
        SequencedSet<StorePath> items = new LinkedHashSet<>();
        transitiveEntries().forEach(entry -> items.add(entry.item()));
        return items;
    }

    /**
     * The variables that a profile of these packages sets, {@code PATH} first, then breadth-first, those of one entry
     * in reverse order (formats, section 10.8).
     */
    public List<SearchPathSpecification> searchPaths() {
        SequencedSet<SearchPathSpecification> all = new LinkedHashSet<>();
        all.add(SearchPathSpecification.PATH);
        all.add(SearchPathSpecification.EXTENSIONS);
        transitiveEntries().forEach(entry -> all.addAll(entry.searchPaths().reversed()));
        return List.copyOf(all);
    }
}
