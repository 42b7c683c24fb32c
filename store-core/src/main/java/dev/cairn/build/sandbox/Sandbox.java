// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import dev.cairn.daemon.DaemonException;
import java.io.IOException;

/** A way to run builders apart from the machine. Safe for use by several threads. */
public interface Sandbox {
    /**
     * The best way that this machine allows: namespaces made by the system's perl, where builders find exactly what
     * guix-daemon's find; else those of bubblewrap.
     *
     * @param searchPath the value of {@code PATH}
     * @throws DaemonException.SandboxUnavailable when there is none
     */
    static Sandbox find(String searchPath) throws DaemonException {
        return NamespaceSandbox.isUsable() ? new NamespaceSandbox() : Bubblewrap.find(searchPath);
    }

    /**
     * Starts a builder.
     *
     * <p>The calling thread must be a platform thread that lives as long as the builder.
     *
     * @throws DaemonException when the sandbox cannot be set up for it
     */
    StartedBuilder start(Confinement builder) throws DaemonException, IOException;
}
