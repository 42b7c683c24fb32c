// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.settings;

import dev.cairn.error.CairnException;
import java.util.Optional;

/** Which daemon the window works with in place of the store of this process, and changing that. */
public interface DaemonChoice {
    /** Where the one listens that the window works with now. */
    Optional<String> inUse();

    /** What decides at the next start in place of what is chosen here, if something does. */
    Optional<String> overruling();

    /**
     * Tries whether a daemon, or without one the own store, can be worked with. Blocks.
     *
     * @throws CairnException when it cannot, or when that is no address
     */
    Reached reach(Optional<String> daemon) throws CairnException;

    /** A store that can be worked with, and is not yet. Whoever has one uses it or closes it. */
    interface Reached {
        /** Has later starts work with it, too. */
        void remember() throws CairnException;

        /** Has the window work with it from now on. On the user interface's thread. */
        void use();

        /** Gives it up. Blocks. */
        void close() throws CairnException;
    }
}
