// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What it would take to fetch items with all that they refer to, found out from what servers say, before anything is
 * fetched.
 *
 * @param items those to be fetched
 * @param present those that are met on the way and valid already; what these refer to is valid too
 * @param missing those that are needed and that no server offers
 */
public record Downloads(
        SortedMap<StorePath, SubstituteInfo> items, SortedSet<StorePath> present, SortedSet<StorePath> missing) {
    /** No closure has as many items; a server that tells of more is not believed. */
    private static final int MOST = 200_000;

    /** Nothing. */
    public static final Downloads NONE = new Downloads(new TreeMap<>(), new TreeSet<>(), new TreeSet<>());

    public Downloads {
        items = Collections.unmodifiableSortedMap(new TreeMap<>(items));
        present = Collections.unmodifiableSortedSet(new TreeSet<>(present));
        missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
    }

    /**
     * Asks for {@code wanted} all at once, then for all that these refer to, and so on: as often as the longest chain
     * of references has links.
     *
     * @throws DaemonException.Refused when servers tell of more items than there can be
     */
    public static Downloads of(Daemon daemon, Collection<StorePath> wanted, EventSink events) throws DaemonException {
        SortedMap<StorePath, SubstituteInfo> items = new TreeMap<>();
        SortedSet<StorePath> present = new TreeSet<>();
        SortedSet<StorePath> missing = new TreeSet<>();
        SortedSet<StorePath> next = new TreeSet<>(wanted);
        while (!next.isEmpty()) {
            if (items.size() + next.size() > MOST) {
                throw new DaemonException.Refused(
                        "'" + wanted.iterator().next() + "' is said to need more than " + MOST + " items",
                        Optional.of("Servers of substitutes tell nonsense; look at which are configured."));
            }
            SortedSet<StorePath> valid = daemon.valid(next);
            present.addAll(valid);
            next.removeAll(valid);
            SortedMap<StorePath, SubstituteInfo> offered = daemon.substitutable(next, events);
            SortedSet<StorePath> asked = next;
            next = new TreeSet<>();
            for (StorePath item : asked) {
                SubstituteInfo info = offered.get(item);
                if (info == null) {
                    missing.add(item);
                } else {
                    items.put(item, info);
                    next.addAll(info.references());
                }
            }
            next.removeAll(items.keySet());
            next.removeAll(present);
            next.removeAll(missing);
        }
        return new Downloads(items, present, missing);
    }

    /** Octets to be downloaded; empty if a server does not say how many one item has. */
    public OptionalLong downloadSize() {
        long sum = 0;
        for (SubstituteInfo info : items.values()) {
            if (info.downloadSize().isEmpty()) {
                return OptionalLong.empty();
            }
            sum += info.downloadSize().getAsLong();
        }
        return OptionalLong.of(sum);
    }

    /** Octets that what is fetched will take, as archives; deduplication may make it less. */
    public long installedSize() {
        return items.values().stream().mapToLong(SubstituteInfo::narSize).sum();
    }

    /** Octets of all that is needed, as archives, what is there already included. */
    public long closureSize(Daemon daemon) throws DaemonException {
        return installedSize() + daemon.closureSize(present);
    }
}
