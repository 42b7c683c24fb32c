// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Decides between items where the listing of a revision does not. For one wish. */
sealed interface Undecided {
    /** One of the variants that a package comes in, at least two: the one that is installed, where that is so. */
    StorePath variant(List<StorePath> variants) throws CairnException;

    /**
     * The outputs of a package, some of which have items whose names do not tell what they are called.
     *
     * @param output the one that is looked for
     * @param open these items, at least one
     */
    SortedMap<String, StorePath> outputs(String name, String version, String output, List<StorePath> open)
            throws CairnException;

    private static Optional<StorePath> first(List<StorePath> items, Set<StorePath> among) {
        return items.stream().filter(among::contains).findFirst();
    }

    /** Asks: of variants, takes what can be fetched, else the first; of outputs, what the service says. */
    record ByServers(OpenRevision revision, Daemon daemon, Set<StorePath> installed) implements Undecided {
        @Override
        public StorePath variant(List<StorePath> variants) throws CairnException {
            Optional<StorePath> stays = first(variants, installed);
            if (stays.isPresent()) {
                return stays.get();
            }
            TreeSet<StorePath> there = new TreeSet<>(daemon.valid(variants));
            there.addAll(daemon.substitutable(variants, EventSink.NONE).keySet());
            return first(variants, there).orElse(variants.getFirst());
        }

        @Override
        public SortedMap<String, StorePath> outputs(String name, String version, String output, List<StorePath> open)
                throws CairnException {
            return revision.outputs(name, version);
        }
    }

    /**
     * Asks nobody: what is installed stays; where nothing of it is, the package is another now, whichever item that
     * turns out to have.
     */
    record ByStore(Daemon daemon, Set<StorePath> installed) implements Undecided {
        @Override
        public StorePath variant(List<StorePath> variants) throws DaemonException {
            Optional<StorePath> stays = first(variants, installed);
            return stays.isPresent()
                    ? stays.get()
                    : first(variants, daemon.valid(variants)).orElse(variants.getFirst());
        }

        @Override
        public SortedMap<String, StorePath> outputs(String name, String version, String output, List<StorePath> open)
                throws DaemonException {
            return new TreeMap<>(Map.of(output, variant(open)));
        }
    }
}
