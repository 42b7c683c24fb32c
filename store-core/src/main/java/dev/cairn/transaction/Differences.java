// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.VersionScheme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** What changes from one manifest to another, package by package and output by output. */
final class Differences {
    /** Packages of one name that are numbered differently have nothing to do with each other. */
    private record Slot(String name, String output, VersionScheme scheme) {
        static Slot of(ManifestEntry entry) {
            return new Slot(entry.name(), entry.output(), VersionScheme.of(entry.properties()));
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
            } else if (!differs(stays.entry(), top.getValue())) {
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
            if (!sameContents(old, entry) && !isRebuilt(old, entry)) {
                changes.add(new Change.Upgraded(old, entry, ""));
            }
        } else if (oldNested != null && differs(oldNested.entry(), entry)) {
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
        } else if (differs(old, nested.entry())) {
            changes.add(new Change.Upgraded(old, nested.entry(), reason));
        }
    }

    private static boolean differs(ManifestEntry before, ManifestEntry after) {
        return !before.item().equals(after.item()) && !isRebuilt(before, after);
    }

    /**
     * Whether a package of an archive is the one it was, but its item is another because what it needs is: a change
     * of its own would have a version of its own.
     */
    private static boolean isRebuilt(ManifestEntry before, ManifestEntry after) {
        return VersionScheme.of(before, after) == VersionScheme.DEBIAN
                && before.version().equals(after.version())
                && !before.item().equals(after.item());
    }

    /** Names of the top-level packages that are made again in the same version because of what they need. */
    static List<String> rebuilt(Manifest from, Manifest to) {
        Contents before = Contents.of(from);
        List<String> names = new ArrayList<>();
        for (ManifestEntry entry : to.entries()) {
            ManifestEntry old = before.top().get(Slot.of(entry));
            if (old != null && isRebuilt(old, entry)) {
                names.add(entry.name());
            }
        }
        return names;
    }

    /** Whether something else is noted about a package that is the same. */
    static boolean marks(Manifest from, Manifest to) {
        Contents before = Contents.of(from);
        return to.entries().stream().anyMatch(entry -> {
            ManifestEntry old = before.top().get(Slot.of(entry));
            return old != null
                    && Stream.of(ManifestEntry.PINNED, ManifestEntry.WITHOUT_RECOMMENDED)
                            .anyMatch(mark -> old.isMarked(mark) != entry.isMarked(mark));
        });
    }

    /** Whether two entries put the same into a profile, whatever else is noted about them. */
    static boolean sameContents(ManifestEntry first, ManifestEntry second) {
        if (!first.item().equals(second.item()) || !first.searchPaths().equals(second.searchPaths())) {
            return false;
        }
        if (VersionScheme.of(first, second) == VersionScheme.DEBIAN) {
            // Its item refers to all that it needs; which entry lists a package that several need is chance.
            return true;
        }
        if (first.propagatedInputs().size() != second.propagatedInputs().size()) {
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
