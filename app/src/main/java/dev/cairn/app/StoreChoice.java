// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.error.CairnException;
import java.util.Optional;

/** Which store is worked on, and the way to another one. A daemon is named by its address. */
public interface StoreChoice {
    /** The daemon that is worked with; the own store without. */
    Optional<String> daemon();

    /** What decides at the next start in place of the settings, if something does. */
    Optional<String> overruling();

    /**
     * Opens another store, or the same once more. Blocks.
     *
     * @throws CairnException when it cannot be worked with; nothing stays open then
     */
    Backend reach(Optional<String> daemon) throws CairnException;

    /** Remembers it for later starts. */
    void remember(Optional<String> daemon) throws CairnException;
}
