// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.catalog.PackageKey;
import dev.cairn.channel.Resolver;
import dev.cairn.channel.Selection;
import dev.cairn.channel.Wish;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the items of Guix's packages, with what they propagate as far as that is known. Items that a server of
 * substitutes offers are fetched, others are built from their derivations.
 */
final class GuixResolver implements Resolver {
    private final String channel;
    private final Revision revision;
    private final GuixAdvice advice;

    /** Opens what packages are chosen from now. */
    @FunctionalInterface
    interface Revision {
        OpenRevision open() throws CairnException;
    }

    /** @param channel by name */
    GuixResolver(String channel, Revision revision, GuixAdvice advice) {
        this.channel = channel;
        this.revision = revision;
        this.advice = advice;
    }

    @Override
    public Selection select(Wish wish, Daemon daemon) throws CairnException {
        OpenRevision opened = revision.open();
        Undecided undecided = new Undecided.ByServers(opened, daemon, installed(wish));
        GuixSelection selection = new GuixSelection(channel, opened, advice, daemon, undecided);
        return selection.of(entries(selection, wish));
    }

    @Override
    public Selection look(Wish wish, Daemon daemon) throws CairnException {
        GuixSelection selection = new GuixSelection(
                channel, revision.open(), advice, daemon, new Undecided.ByStore(daemon, installed(wish)));
        List<ManifestEntry> entries = entries(selection, wish);
        return new Selection(entries, Map.of(), Map.of(), selection.notes());
    }

    private static Set<StorePath> installed(Wish wish) {
        return wish.installed().stream().map(ManifestEntry::item).collect(Collectors.toSet());
    }

    private static List<ManifestEntry> entries(GuixSelection selection, Wish wish) throws CairnException {
        List<ManifestEntry> entries = new ArrayList<>();
        for (Wish.Wanted wanted : wish.wanted()) {
            entries.add(switch (wanted) {
                case Wish.Wanted.Exactly(var row, String output, _) -> entry(selection, row.key(), output);
                case Wish.Wanted.Keep(ManifestEntry entry) -> entry;
                case Wish.Wanted.Upgrade(ManifestEntry entry, var row, _) -> row.isEmpty()
                        ? entry
                        : entry(selection, row.get().key(), entry.output());
            });
        }
        return entries;
    }

    private static ManifestEntry entry(GuixSelection selection, PackageKey key, String output) throws CairnException {
        return selection.entry(key.name(), key.version(), output);
    }
}
