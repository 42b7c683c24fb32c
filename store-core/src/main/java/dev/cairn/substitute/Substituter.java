// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.daemon.DaemonException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.Interrupts;
import dev.cairn.http.Fetcher;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Fetches items into a store, with everything that they refer to. Safe for use by several threads.
 */
public final class Substituter {
    /** Items that are downloaded side by side. */
    public static final int MOST_AT_ONCE = 16;

    private final SubstituteStore store;
    private final Fetcher fetcher;
    private final Offers offers;

    /** @param fetcher downloads NARs */
    public Substituter(SubstituteStore store, Fetcher fetcher, Offers offers) {
        this.store = store;
        this.fetcher = fetcher;
        this.offers = offers;
    }

    /**
     * Fetches what is missing; ends with {@link DaemonException.Cancelled} when interrupted. Whatever happens, no item
     * is left half-done.
     *
     * @return what became of each of {@code wanted}
     * @throws DaemonException when the store is in trouble; that servers do not serve is an outcome
     */
    public SortedMap<StorePath, Outcome> fetch(Collection<StorePath> wanted, FetchTerms terms, EventSink events)
            throws DaemonException {
        if (wanted.isEmpty()) {
            return Collections.emptySortedMap();
        }
        store.addTemporaryRoots(wanted);
        TreeSet<StorePath> missing = new TreeSet<>(wanted);
        if (!terms.repair()) {
            missing.removeAll(store.valid(wanted));
        }
        SortedMap<StorePath, Outcome> outcomes = new TreeMap<>();
        wanted.forEach(path -> outcomes.put(path, new Outcome.Valid()));
        if (!missing.isEmpty()) {
            outcomes.putAll(fetchMissing(missing, terms, events));
        }
        return outcomes;
    }

    private SortedMap<StorePath, Outcome> fetchMissing(
            TreeSet<StorePath> missing, FetchTerms terms, EventSink events) throws DaemonException {
        try {
            Staging staging = store.staging(terms.deduplicate());
            try {
                return new Run(store, staging, fetcher, offers, terms, events).run(missing);
            } finally {
                Interrupts.shielded(staging::close);
            }
        } catch (IOException e) {
            throw DaemonException.of("fetching items", e);
        }
    }
}
