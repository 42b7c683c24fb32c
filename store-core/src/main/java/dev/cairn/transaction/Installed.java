// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.EditDistance;
import dev.cairn.packages.Specification;
import dev.cairn.packages.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The top-level packages of a manifest that is being changed. For one plan, by one thread. */
final class Installed {
    private static final int SUGGESTIONS = 3;

    private final List<ManifestEntry> entries;

    Installed(Manifest manifest) {
        entries = new ArrayList<>(manifest.entries());
    }

    Manifest manifest() {
        return new Manifest(entries);
    }

    List<ManifestEntry> all() {
        return List.copyOf(entries);
    }

    /** Puts an entry in front, instead of one of the same name and output; what is there already stays where it is. */
    void put(ManifestEntry entry) {
        if (entries.stream().noneMatch(old -> old.sameSlot(entry) && Differences.sameContents(old, entry))) {
            entries.removeIf(old -> old.sameSlot(entry));
            entries.addFirst(entry);
        }
    }

    /** Puts an entry where {@code old} is, unless it is the same. */
    void replace(ManifestEntry old, ManifestEntry entry) {
        int index = entries.indexOf(old);
        if (index >= 0 && !Differences.sameContents(old, entry)) {
            entries.set(index, entry);
        }
    }

    /** @throws TransactionException.NotInstalled when nothing matches */
    void remove(Specification specification) throws TransactionException {
        entries.removeAll(matching(specification));
    }

    /**
     * The installed packages that a specification means; without an output, those of all outputs.
     *
     * @throws TransactionException.NotInstalled when there are none
     */
    List<ManifestEntry> matching(Specification specification) throws TransactionException {
        List<ManifestEntry> matching = entries.stream()
                .filter(entry -> matches(entry, specification))
                .toList();
        if (matching.isEmpty()) {
            throw notInstalled(specification);
        }
        return matching;
    }

    private static boolean matches(ManifestEntry entry, Specification specification) {
        return entry.name().equals(specification.name())
                && specification.version().map(wanted -> fits(entry, wanted)).orElse(true)
                && specification.output().map(entry.output()::equals).orElse(true);
    }

    private static boolean fits(ManifestEntry entry, String wanted) {
        return VersionScheme.of(entry.properties()).fits(wanted, entry.version());
    }

    private TransactionException notInstalled(Specification specification) {
        List<String> sameName = entries.stream()
                .filter(entry -> entry.name().equals(specification.name()))
                .map(ManifestEntry::label)
                .toList();
        if (!sameName.isEmpty()) {
            return new TransactionException.NotInstalled(
                    specification,
                    "'" + specification + "' is not installed; what is installed is " + String.join(", ", sameName),
                    Optional.of("Name that one, or give the name alone."));
        }
        for (ManifestEntry top : entries) {
            if (new Manifest(top.propagatedInputs())
                    .transitiveEntries().stream().anyMatch(input -> matches(input, specification))) {
                return new TransactionException.NotInstalled(
                        specification,
                        "'" + specification + "' was not installed by itself: it comes with '" + top.label()
                                + "', which needs it",
                        Optional.of("It goes when '" + top.name() + "' is removed."));
            }
        }
        List<String> nearest = EditDistance.nearest(
                specification.name(), entries.stream().map(ManifestEntry::name).distinct().toList(), SUGGESTIONS);
        return new TransactionException.NotInstalled(
                specification,
                "'" + specification + "' is not installed",
                Optional.of(
                        nearest.isEmpty()
                                ? "Use 'cairn list' to see what is installed."
                                : "Did you mean " + String.join(", ", nearest) + "?"));
    }
}
