// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

/** Where sessions with one store come from. Safe for use by several threads. */
@FunctionalInterface
public interface Sessions {
    /**
     * Begins a session; the caller closes it.
     *
     * @param client on whose behalf
     * @throws DaemonException when the store cannot be opened
     */
    Daemon open(Client client) throws DaemonException;
}
