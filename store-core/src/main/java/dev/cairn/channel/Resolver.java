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
}
