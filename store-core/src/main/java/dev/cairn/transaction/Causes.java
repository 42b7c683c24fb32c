// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.manifest.ItemName;
import dev.cairn.packages.Specification;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.List;

/** Words for what a user did, kept with the generation it made. */
final class Causes {
    private static final int NAMED = 4;

    private Causes() {}

    static String describe(List<Request> requests, List<Change> changes, List<String> rebuilt) {
        List<String> added = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        boolean upgrades = false;
        for (Request request : requests) {
            switch (request) {
                case Request.Install(Specification specification, _) -> added.add(specification.toString());
                case Request.InstallItem(StorePath item) -> added.add(ItemName.split(item.name()).name());
                case Request.Remove(Specification specification) -> removed.add(specification.toString());
                case Request.Upgrade _ -> upgrades = true;
            }
        }
        List<String> parts = new ArrayList<>();
        part("Installed", added, parts);
        if (upgrades) {
            part("Upgraded", upgraded(changes, added), parts);
        }
        part("Removed", removed, parts);
        if (parts.isEmpty()) {
            part("Rebuilt", rebuilt, parts);
        }
        return parts.isEmpty() ? "Changed nothing" : String.join("; ", parts);
    }

    /** The packages that the user chose; where none of them is among the upgraded ones, what they need. */
    private static List<String> upgraded(List<Change> changes, List<String> added) {
        List<String> chosen = new ArrayList<>();
        List<String> needed = new ArrayList<>();
        for (Change change : changes) {
            if (change instanceof Change.Upgraded(_, var entry, String reason) && !added.contains(entry.name())) {
                (reason.isEmpty() ? chosen : needed).add(entry.name());
            }
        }
        return chosen.isEmpty() ? needed : chosen;
    }

    private static void part(String verb, List<String> names, List<String> parts) {
        if (names.isEmpty()) {
            return;
        }
        int more = names.size() - NAMED;
        String listed = String.join(", ", more > 1 ? names.subList(0, NAMED) : names);
        parts.add(verb + " " + listed + (more > 1 ? " and " + more + " more" : ""));
    }
}
