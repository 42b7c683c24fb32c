// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.daemon.StoreGraph;
import java.util.Optional;

/**
 * Gives all items of a daemon's store and their references at once, where they can be had otherwise than from the
 * daemon, which tells of them one by one: tens of thousands of questions for a store of that many items.
 */
@FunctionalInterface
public interface GraphSource {
    /** No other way than the daemon. */
    GraphSource NONE = Optional::empty;

    /** The graph as it is now; empty where only the daemon knows. */
    Optional<StoreGraph> read();
}
