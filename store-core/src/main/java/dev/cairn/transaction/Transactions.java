// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.catalog.Catalog;
import dev.cairn.channel.Channel;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.profile.Generation;
import dev.cairn.profile.Profile;
import java.util.Collection;
import java.util.List;

/**
 * Plans and applies changes of profiles; the window and the command line use the same ones. Safe for use by several
 * threads.
 */
public final class Transactions {
    /**
     * @param channels the enabled channels; a package's {@code key().channel()} is one of their names
     * @param system the system packages are built for, such as {@code x86_64-linux}
     */
    public Transactions(Daemon daemon, Catalog catalog, Collection<? extends Channel> channels, String system) {
        throw new UnsupportedOperationException();
    }

    /** What it would take to fulfil {@code requests}, which apply in order. Derivations may be added to the store. */
    public Plan plan(Profile profile, List<Request> requests) throws CairnException {
        throw new UnsupportedOperationException();
    }

    /**
     * Does what the plan says: realises everything, builds the profile item, makes the next generation current. Until
     * that last step nothing is visible; a failure or an interruption before it changes nothing.
     *
     * @return the new generation, or the current one if the plan is empty
     */
    public Generation apply(Plan plan, BuildOptions options, EventSink events) throws CairnException {
        throw new UnsupportedOperationException();
    }

    /** Makes an existing generation current. */
    public Generation switchTo(Profile profile, int number) throws CairnException {
        throw new UnsupportedOperationException();
    }

    /** Makes the generation before the current one current; from the first one, the empty generation 0. */
    public Generation rollBack(Profile profile) throws CairnException {
        throw new UnsupportedOperationException();
    }

    /** Deletes generations; never the current one. What only they held becomes garbage. */
    public void deleteGenerations(Profile profile, Collection<Integer> numbers) throws CairnException {
        throw new UnsupportedOperationException();
    }

    /** What changed from one generation to another, by name and output. */
    public List<Change> difference(Profile profile, int from, int to) throws CairnException {
        throw new UnsupportedOperationException();
    }
}
