// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import dev.cairn.daemon.Client;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.http.Proxies;
import dev.cairn.layout.StoreLayout;

/** Opens stores on this machine. */
public final class LocalStore {
    private LocalStore() {}

    /**
     * Opens, and where missing makes, the store of a layout. Sessions of one process with the same store share what is
     * costly; further ones are cheap.
     *
     * @throws DaemonException.DatabaseUnusable when the database cannot be read or is newer than this version knows
     * @throws DaemonException.StoreIo when the store cannot be written to
     */
    public static Daemon open(StoreLayout layout) throws DaemonException {
        return open(layout, Proxies.environment());
    }

    /**
     * The same, downloading through proxies of one's choice rather than those that environment variables name.
     *
     * @param proxies while several sessions of a store are open, the choice of the first holds for all
     */
    public static Daemon open(StoreLayout layout, Proxies proxies) throws DaemonException {
        return open(layout, proxies, StoreSettings.DEFAULT, Client.SELF);
    }

    /**
     * The same, with settings of one's choice, on behalf of somebody.
     *
     * @param settings what holds for the session until it is {@linkplain Daemon#configure configured} otherwise
     * @param client who is given what failed builds leave, and may repair items if trusted
     */
    public static Daemon open(StoreLayout layout, Proxies proxies, StoreSettings settings, Client client)
            throws DaemonException {
        return new LocalSession(OpenStore.acquire(layout, proxies), settings, client);
    }
}
