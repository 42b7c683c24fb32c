// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.bench;

import dev.cairn.daemon.Daemon;

/** Something that both daemons are asked to do. */
interface Task {
    String name();

    /** What Cairn's time divided by Nix's is to be at most. */
    double aim();

    /** Does what is not measured, once for each store and round. */
    default void prepare(Peer peer, Daemon daemon, int round) throws Exception {}

    /** Does it; what is returned must be equal for both. */
    Object run(Peer peer, Daemon daemon, int round) throws Exception;

    /** Whether the peer's one round is enough, as it takes so long. */
    default boolean once() {
        return false;
    }
}
