// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What changes from one manifest to another, package by package and output by output. */
final class Differences {
    private record Slot(String name, String output) {
        static Slot of(ManifestEntry entry) {
            return new Slot(entry.name(), entry.output());
        }
    }

    /** An entry that came along, with the name of the first package that wants it. */
    private record Nested(ManifestEntry entry, String requester) {}

    /** The packages of a manifest by what they are to it. */
    private record Contents(SequencedMap<Slot, ManifestEntry> top, SequencedMap<Slot, Nested> nested) {
        static Contents of(Manifest manifest) {
            Contents contents = new Contents(new LinkedHashMap<>(), new LinkedHashMap<>());
            for (ManifestEntry entry : manifest.entries()) {
                contents.top().putIfAbsent(Slot.of(entry), entry);
            }
            for (ManifestEntry entry : manifest.transitiveEntries()) {
                for (ManifestEntry input : entry.propagatedInputs()) {
                    contents.nested().putIfAbsent(Slot.of(input), new Nested(input, entry.name()));
                }
            }
            return contents;
        }

        boolean has(Slot slot) {
            return top.containsKey(slot) || nested.containsKey(slot);
        }
    }

    private Differences() {}

    /** The changes, those of top-level packages first. */
    static List<Change> between(Manifest from, Manifest to) {
        Contents before = Contents.of(from);
        Contents after = Contents.of(to);
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<Slot, ManifestEntry> top : after.top().entrySet()) {
            addTop(top.getKey(), top.getValue(), before, changes);
        }
        for (Map.Entry<Slot, ManifestEntry> top : before.top().entrySet()) {
            Slot slot = top.getKey();
            Nested stays = after.nested().get(slot);
            if (after.top().containsKey(slot)) {
                continue;
            }
            if (stays == null) {
                changes.add(new Change.Removed(top.getValue(), ""));
            } else if (stays.entry().item().equals(top.getValue().item())) {
                changes.add(new Change.Removed(top.getValue(), "stays, needed by " + stays.requester()));
            }
        }
        for (Map.Entry<Slot, Nested> nested : after.nested().entrySet()) {
            if (!after.top().containsKey(nested.getKey())) {
                addNested(nested.getKey(), nested.getValue(), before, changes);
            }
        }
        for (Map.Entry<Slot, Nested> nested : before.nested().entrySet()) {
            if (!before.top().containsKey(nested.getKey()) && !after.has(nested.getKey())) {
                changes.add(new Change.Removed(nested.getValue().entry(), "no longer needed"));
            }
        }
        return changes;
    }

    private static void addTop(Slot slot, ManifestEntry entry, Contents before, List<Change> changes) {
        ManifestEntry old = before.top().get(slot);
        Nested oldNested = before.nested().get(slot);
        if (old != null) {
            if (!sameContents(old, entry)) {
                changes.add(new Change.Upgraded(old, entry, ""));
            }
        } else if (oldNested != null && !oldNested.entry().item().equals(entry.item())) {
            changes.add(new Change.Upgraded(oldNested.entry(), entry, ""));
        } else {
            changes.add(new Change.Added(entry, ""));
        }
    }

    private static void addNested(Slot slot, Nested nested, Contents before, List<Change> changes) {
        String reason = "needed by " + nested.requester();
        ManifestEntry old = before.top().get(slot);
        if (old == null && before.nested().containsKey(slot)) {
            old = before.nested().get(slot).entry();
        }
        if (old == null) {
            changes.add(new Change.Added(nested.entry(), reason));
        } else if (!old.item().equals(nested.entry().item())) {
            changes.add(new Change.Upgraded(old, nested.entry(), reason));
        }
    }

    /** Whether two entries put the same into a profile, whatever else is noted about them. */
    static boolean sameContents(ManifestEntry first, ManifestEntry second) {
        if (!first.item().equals(second.item())
                || !first.searchPaths().equals(second.searchPaths())
                || first.propagatedInputs().size() != second.propagatedInputs().size()) {
            return false;
        }
        for (int i = 0; i < first.propagatedInputs().size(); i++) {
            if (!sameContents(first.propagatedInputs().get(i), second.propagatedInputs().get(i))) {
                return false;
            }
        }
        return true;
    }
}
