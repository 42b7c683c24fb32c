// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds packages that would be twice in one profile (formats, section 10.6). */
final class Conflicts {
    private record Slot(String name, String output) {}

    private record Wanted(ManifestEntry entry, List<ManifestEntry> requesters) {}

    private Conflicts() {}

    /** @throws TransactionException.Conflict when one name and output stands for different items, at whatever depth */
    static void check(Manifest manifest) throws TransactionException.Conflict {
        Map<Slot, Wanted> seen = new HashMap<>();
        for (ManifestEntry entry : manifest.entries()) {
            check(entry, List.of(), seen);
        }
    }

    private static void check(ManifestEntry entry, List<ManifestEntry> requesters, Map<Slot, Wanted> seen)
            throws TransactionException.Conflict {
        Wanted wanted = new Wanted(entry, requesters);
        Wanted other = seen.putIfAbsent(new Slot(entry.name(), entry.output()), wanted);
        if (other != null && !other.entry().item().equals(entry.item())) {
            throw conflict(other, wanted);
        }
        if (other != null && other.entry().equals(entry)) {
            // What it brings along was looked at the first time.
            return;
        }
        List<ManifestEntry> path = new ArrayList<>(requesters);
        path.add(entry);
        for (ManifestEntry input : entry.propagatedInputs()) {
            check(input, path, seen);
        }
    }

    private static TransactionException.Conflict conflict(Wanted first, Wanted second) {
        String tops = top(first).equals(top(second)) ? top(first) : top(first) + " and " + top(second);
        return new TransactionException.Conflict(
                first.entry(),
                why(first),
                second.entry(),
                why(second),
                "Upgrade " + tops + " together ('cairn upgrade'), or remove one of them first.");
    }

    private static String why(Wanted wanted) {
        return wanted.requesters().isEmpty()
                ? "installed by itself"
                : "needed by " + wanted.requesters().getLast().label();
    }

    private static String top(Wanted wanted) {
        return wanted.requesters().isEmpty() ? wanted.entry().name() : wanted.requesters().getFirst().name();
    }
}
