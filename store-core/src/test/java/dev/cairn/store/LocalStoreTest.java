// SPDX-License-Identifier: Apache-2.0
package dev.cairn.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonContract;
import dev.cairn.error.CairnException;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalStoreTest extends DaemonContract {
    private StoreLayout layout;

    @Override
    protected Daemon open() throws CairnException {
        layout = new StoreLayout(StoreDirectory.GNU, folder.resolve("root"));
        return LocalStore.open(layout);
    }

    @Override
    protected void addRoot(String name, StorePath item) throws IOException {
        Files.createSymbolicLink(layout.gcRoots().resolve(name), Path.of(item.toString()));
    }

    @Test
    void makesTheFoldersThatGuixMakes() {
        assertThat(layout.links()).isDirectory();
        assertThat(layout.profiles().resolve("per-user")).isDirectory();
        assertThat(layout.tempRoots()).isDirectory();
        assertThat(layout.gcRoots().resolve("profiles")).isSymbolicLink().isDirectory();
        assertThat(layout.database().resolve("db.sqlite")).isRegularFile();
    }
}
