// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.catalog.Catalog;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.launch.Launchers;
import dev.cairn.layout.StoreLayout;
import dev.cairn.profile.Profile;
import dev.cairn.transaction.Transactions;
import java.util.Map;

/**
 * Everything a front end works with, for one user and one store. Parts are opened when first asked for, so that a
 * command that only reads a profile does not touch the database. Safe for use by several threads.
 */
public final class Workspace implements AutoCloseable {
    /** @param environment the variables of the process: HOME, XDG_DATA_HOME, XDG_CACHE_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME, USER */
    public static Workspace of(Map<String, String> environment) {
        throw new UnsupportedOperationException();
    }

    private Workspace() {}

    public StoreLayout layout() {
        throw new UnsupportedOperationException();
    }

    public Daemon daemon() throws CairnException {
        throw new UnsupportedOperationException();
    }

    public Catalog catalog() throws CairnException {
        throw new UnsupportedOperationException();
    }

    public Profile profile() {
        throw new UnsupportedOperationException();
    }

    public Transactions transactions() throws CairnException {
        throw new UnsupportedOperationException();
    }

    public Launchers launchers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() throws CairnException {
        throw new UnsupportedOperationException();
    }
}
