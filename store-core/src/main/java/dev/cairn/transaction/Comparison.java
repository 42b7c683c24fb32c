// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How one state of a profile differs from another.
 *
 * @param changes what the second has otherwise than the first, top-level packages first
 * @param unchanged top-level packages of the second that the first has in the same version, by name
 */
public record Comparison(List<Change> changes, List<ManifestEntry> unchanged) {
    /** Of a state with itself, or of two that are empty. */
    public static final Comparison NOTHING = new Comparison(List.of(), List.of());

    public Comparison {
        changes = List.copyOf(changes);
        unchanged = List.copyOf(unchanged);
    }

    static Comparison between(Manifest from, Manifest to) {
        List<Change> changes = Differences.between(from, to);
        Set<ManifestEntry> changed = new HashSet<>();
        for (Change change : changes) {
            if (!(change instanceof Change.Removed)) {
                changed.add(change.entry());
            }
        }
        return new Comparison(
                changes,
                to.entries().stream()
                        .filter(entry -> !changed.contains(entry))
                        .sorted(Comparator.comparing(ManifestEntry::name).thenComparing(ManifestEntry::output))
                        .toList());
    }

    public List<Change> added() {
        return changes.stream().filter(Change.Added.class::isInstance).toList();
    }

    /** Those in a newer version, or in another build of the same one. */
    public List<Change> upgraded() {
        return replaced(false);
    }

    public List<Change> downgraded() {
        return replaced(true);
    }

    private List<Change> replaced(boolean down) {
        return changes.stream()
                .filter(change -> change instanceof Change.Upgraded upgraded && upgraded.isDowngrade() == down)
                .toList();
    }

    public List<Change> removed() {
        return changes.stream().filter(Change.Removed.class::isInstance).toList();
    }
}
