// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel;

import dev.cairn.catalog.CatalogSource;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A source of packages at one revision. The catalog, the transactions and the front ends know channels by this
 * interface alone.
 */
public interface Channel extends CatalogSource {
    /** What makes its packages realisable; several channels may share one. */
    Resolver resolver();

    /**
     * Brings the channel up to date with where it comes from; nothing to do for one that is read where it is.
     * Problems of single sources are no failure: {@link #status} tells them.
     *
     * @return whether the packages changed
     */
    default boolean refresh(EventSink events) throws CairnException {
        return false;
    }

    /** Whether it has to be fetched before it offers packages. */
    default boolean fetches() {
        return false;
    }

    /** Whether its packages are fetched as they are, so that their sizes can be asked for before. */
    default boolean prebuilt() {
        return false;
    }

    /** The items that its packages are, where that is known beforehand; nothing where they are made on demand. */
    default SortedSet<StorePath> items() throws CairnException {
        return new TreeSet<>();
    }

    /** How it stands with the channel, without going to any network. */
    default ChannelStatus status() throws CairnException {
        return ChannelStatus.NOTHING;
    }

    /** What it offered at other times, if it keeps that. */
    default Optional<RevisionHistory> history() {
        return Optional.empty();
    }
}
