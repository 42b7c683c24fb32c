// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.layout.StoreLayout;

/** Opens stores on this machine. */
public final class LocalStore {
    private LocalStore() {}

    /**
     * Opens, and where missing makes, the store of a layout.
     *
     * @throws DaemonException.DatabaseUnusable when the database cannot be read or is newer than this version knows
     */
    public static Daemon open(StoreLayout layout) throws DaemonException {
        throw new UnsupportedOperationException();
    }
}
