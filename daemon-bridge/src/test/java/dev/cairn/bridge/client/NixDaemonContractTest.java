// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonContract;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/** A real nix-daemon behind the interface. */
class NixDaemonContractTest extends DaemonContract {
    private NixDaemonProcess nix;

    @Override
    protected Daemon open() throws CairnException, IOException {
        nix = NixDaemonProcess.start(folder);
        return SocketDaemon.open(nix.address(), nix.layout());
    }

    @Override
    protected void addRoot(String name, StorePath item) throws IOException {
        Path roots = Files.createDirectories(nix.layout().gcRoots());
        Files.createSymbolicLink(roots.resolve(name), Path.of(item.toString()));
    }

    @AfterEach
    void endDaemon() {
        nix.close();
    }
}
