// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.DerivationItems;
import dev.cairn.daemon.Downloads;
import dev.cairn.derivation.Derivation;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is not there of something wanted.
 *
 * @param toBuild derivations whose builders would have to run
 * @param downloads what would be fetched
 * @param unknown items that nobody can make
 */
record NixMissing(SortedSet<StorePath> toBuild, Downloads downloads, SortedSet<StorePath> unknown) {
    /** Goes through what is wanted level by level, asking servers for all of one at once. */
    static NixMissing of(Daemon daemon, Collection<DerivedPath> wanted, EventSink events) throws DaemonException {
        Search search = new Search(daemon, events);
        List<DerivedPath> level = List.copyOf(wanted);
        while (!level.isEmpty()) {
            level = search.next(level);
        }
        Downloads downloads = Downloads.of(daemon, search.fetched, events);
        search.unknown.addAll(downloads.missing());
        return new NixMissing(search.toBuild, downloads, search.unknown);
    }

    /** What was found out so far. */
    private static final class Search {
        private final Daemon daemon;
        private final EventSink events;
        private final Map<StorePath, BuildTarget> seen = new HashMap<>();
        private final SortedSet<StorePath> toBuild = new TreeSet<>();
        private final SortedSet<StorePath> fetched = new TreeSet<>();
        private final SortedSet<StorePath> unknown = new TreeSet<>();

        Search(Daemon daemon, EventSink events) {
            this.daemon = daemon;
            this.events = events;
        }

        List<DerivedPath> next(List<DerivedPath> level) throws DaemonException {
            SortedSet<StorePath> items = new TreeSet<>();
            Map<StorePath, Set<StorePath>> missing = new TreeMap<>();
            for (DerivedPath path : level) {
                switch (path) {
                    case DerivedPath.Item(StorePath item) -> items.add(item);
                    case DerivedPath.Built built -> {
                        BuildTarget known = seen.get(built.derivation());
                        BuildTarget all = seen.merge(built.derivation(), built.target(), BuildTarget::and);
                        if (!all.equals(known)) {
                            look(all, items, missing);
                        }
                    }
                }
            }
            items.removeAll(daemon.valid(items));
            SortedSet<StorePath> asked = new TreeSet<>(items);
            missing.values().forEach(asked::addAll);
            Set<StorePath> offered =
                    asked.isEmpty() ? Set.of() : daemon.substitutable(asked, events).keySet();
            for (StorePath item : items) {
                (offered.contains(item) ? fetched : unknown).add(item);
            }
            return derivations(missing, offered);
        }

        private void look(BuildTarget target, SortedSet<StorePath> items, Map<StorePath, Set<StorePath>> missing)
                throws DaemonException {
            StorePath path = target.derivation();
            if (!daemon.isValid(path)) {
                items.add(path);
                return;
            }
            Set<StorePath> lacking =
                    new TreeSet<>(target.of(daemon.derivationOutputs(path)).values());
            lacking.removeAll(daemon.valid(lacking));
            if (!lacking.isEmpty() && !toBuild.contains(path)) {
                missing.put(path, lacking);
            }
        }

        /** What would be fetched is not built; the others need their inputs. */
        private List<DerivedPath> derivations(Map<StorePath, Set<StorePath>> missing, Set<StorePath> offered)
                throws DaemonException {
            List<DerivedPath> inputs = new ArrayList<>();
            for (Map.Entry<StorePath, Set<StorePath>> one : missing.entrySet()) {
                if (offered.containsAll(one.getValue())) {
                    fetched.addAll(one.getValue());
                } else if (toBuild.add(one.getKey())) {
                    Derivation derivation = derivation(daemon, one.getKey());
                    derivation.inputDerivations()
                            .forEach((input, names) -> inputs.add(new DerivedPath.Built(input, names)));
                    derivation.inputSources().forEach(source -> inputs.add(new DerivedPath.Item(source)));
                }
            }
            return inputs;
        }
    }

    static Derivation derivation(Daemon daemon, StorePath path) throws DaemonException {
        try {
            return DerivationItems.read(daemon, path);
        } catch (DaemonException e) {
            throw e;
        } catch (CairnException e) {
            throw new DaemonException.Refused(e.getMessage(), Optional.empty());
        }
    }
}
