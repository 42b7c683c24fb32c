// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonContract;
import dev.cairn.path.StorePath;
import java.io.IOException;

class InMemoryDaemonTest extends DaemonContract {
    @Override
    protected Daemon open() throws IOException {
        return new InMemoryDaemon(folder.resolve("items"));
    }

    @Override
    protected void addRoot(String name, StorePath item) {
        ((InMemoryDaemon) daemon).addRoot(name, item);
    }
}
