// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel;

import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;

/** Chooses packages for a profile and makes them realisable. Safe for use by several threads. */
public interface Resolver {
    /**
     * Adds the derivations of what is wanted, and of what that needs, to the store.
     *
     * @throws ChannelException.Unsatisfiable when the packages cannot be had; the message says why
     */
    Selection select(Wish wish, Daemon daemon) throws CairnException;

    /**
     * Chooses as {@link #select} does, as far as that can be told without asking any server: items may differ where
     * only servers tell which of several there is, and nothing need be said of origins.
     */
    default Selection look(Wish wish, Daemon daemon) throws CairnException {
        return select(wish, daemon);
    }
}
