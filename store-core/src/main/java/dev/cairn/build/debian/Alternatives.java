// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.debian;

import dev.cairn.debian.script.ScriptAction.Alternative;
import dev.cairn.debian.script.ScriptAction.Slave;
import dev.cairn.tree.MergedTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which of several programs of a kind has the common name (update-alternatives(1)): the one with the highest priority,
 * among equals the one whose name comes first. Its link is {@code /etc/alternatives/NAME}, to which the common name
 * leads; so do those of the slaves that are there.
 */
final class Alternatives {
    private static final Comparator<Offer> BEST = Comparator.comparingInt(
                    (Offer offer) -> -offer.alternative().priority())
            .thenComparing(offer -> offer.alternative().path())
            .thenComparing(Offer::owner);

    private final SortedMap<String, List<Offer>> offers = new TreeMap<>();

    /** What a package offers. */
    private record Offer(String owner, Alternative alternative) {}

    /** Adds what a package offers. */
    void add(String owner, Alternative alternative) {
        offers.computeIfAbsent(alternative.name(), _ -> new ArrayList<>()).add(new Offer(owner, alternative));
    }

    /** Makes the links. */
    void write(MergedTree tree, OverlayTree overlay, OverlayNotes notes) throws IOException {
        for (List<Offer> kind : offers.values()) {
            kind.sort(BEST);
            for (Offer offer : kind) {
                if (tree.has(TreeName.of(offer.alternative().path()))) {
                    link(offer, tree, overlay, notes);
                    break;
                }
            }
        }
    }

    private static void link(Offer offer, MergedTree tree, OverlayTree overlay, OverlayNotes notes)
            throws IOException {
        Alternative chosen = offer.alternative();
        link(offer.owner(), chosen.link(), chosen.name(), chosen.path(), tree, overlay, notes);
        for (Slave slave : chosen.slaves()) {
            if (tree.has(TreeName.of(slave.path()))) {
                link(offer.owner(), slave.link(), slave.name(), slave.path(), tree, overlay, notes);
            }
        }
    }

    private static void link(
            String owner,
            String link,
            String name,
            String path,
            MergedTree tree,
            OverlayTree overlay,
            OverlayNotes notes)
            throws IOException {
        String place = TreeName.of(link);
        String entry = "etc/alternatives/" + name;
        if (tree.isNoLink(place)) {
            notes.add(owner, "the alternative '" + link + "' was not made: there is a file of that name");
        } else if (!overlay.has(place) && !overlay.has(entry)) {
            overlay.link(entry, path);
            overlay.link(place, "/etc/alternatives/" + name);
        }
    }
}
