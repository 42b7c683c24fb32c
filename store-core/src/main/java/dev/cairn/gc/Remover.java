// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import dev.cairn.daemon.DaemonException;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Path;

/** What a collection does with garbage: deletes it, or only says what that would free. */
interface Remover {
    /**
     * Removes a dead item whose referrers were removed before.
     *
     * @return whether it was there and could go
     */
    boolean item(StorePath path) throws DaemonException, IOException;

    /** Removes an entry of the store directory that is no item. @return whether it could go */
    boolean stray(Path entry) throws DaemonException, IOException;

    /** Ends the work on what was removed, when collections by others may run again. */
    void finish() throws DaemonException, IOException;

    /** Octets of regular files that lost, or would lose, their last name. */
    long freed();
}
