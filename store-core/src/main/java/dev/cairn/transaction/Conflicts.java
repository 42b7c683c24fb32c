// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.VersionScheme;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds packages that would be twice in one profile (formats, section 10.6). */
final class Conflicts {
    private record Slot(String name, String output) {}

    private record Wanted(ManifestEntry entry, List<ManifestEntry> requesters) {}

    private Conflicts() {}

    /**
     * Looks through all of a manifest.
     *
     * @param before what is installed now, to tell it from what is asked for
     * @throws TransactionException.Conflict when one name and output stands for different items, at whatever depth
     */
    static void check(Manifest manifest, Manifest before) throws TransactionException.Conflict {
        Map<Slot, Wanted> seen = new HashMap<>();
        for (ManifestEntry entry : manifest.entries()) {
            check(entry, List.of(), seen, before);
        }
    }

    private static void check(
            ManifestEntry entry, List<ManifestEntry> requesters, Map<Slot, Wanted> seen, Manifest before)
            throws TransactionException.Conflict {
        Wanted wanted = new Wanted(entry, requesters);
        Wanted other = seen.putIfAbsent(new Slot(entry.name(), entry.output()), wanted);
        if (other != null && !other.entry().item().equals(entry.item())) {
            throw conflict(other, wanted, before);
        }
        if (other != null && other.entry().equals(entry)) {
            // What it brings along was looked at the first time.
            return;
        }
        List<ManifestEntry> path = new ArrayList<>(requesters);
        path.add(entry);
        if (VersionScheme.of(entry.properties()) == VersionScheme.DEBIAN) {
            // What an archive's package needs was chosen with it, and meets nothing else: its files lie apart.
            return;
        }
        for (ManifestEntry input : entry.propagatedInputs()) {
            check(input, path, seen, before);
        }
    }

    private static TransactionException.Conflict conflict(Wanted first, Wanted second, Manifest before) {
        return new TransactionException.Conflict(
                first.entry(),
                why(first, before),
                second.entry(),
                why(second, before),
                "Leave out or remove '" + top(first) + "' or '" + top(second)
                        + "', or see whether 'cairn upgrade' finds versions that fit together.");
    }

    private static String why(Wanted wanted, Manifest before) {
        if (!wanted.requesters().isEmpty()) {
            return "needed by " + wanted.requesters().getLast().label();
        }
        return before.entries().contains(wanted.entry()) ? "installed by itself" : "asked for";
    }

    private static String top(Wanted wanted) {
        return wanted.requesters().isEmpty() ? wanted.entry().name() : wanted.requesters().getFirst().name();
    }
}
