// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.StoreGraph;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.store.LocalStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseSnapshotTest {
    @TempDir
    private Path folder;

    @Test
    void readsWhatTheStoreHasWhileItIsOpen() throws Exception {
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, folder);
        try (Daemon daemon = LocalStore.open(layout)) {
            StorePath below = daemon.addText("below", new byte[0], List.of());
            StorePath above = daemon.addText("above", new byte[1], List.of(below));
            StoreGraph graph =
                    DatabaseSnapshot.graph(layout.database(), layout.storeDirectory()).orElseThrow();
            assertThat(graph.paths()).isEqualTo(daemon.graph().paths()).contains(above, below);
            assertThat(graph.targets()).isEqualTo(daemon.graph().targets());
        }
    }

    @Test
    void readsNothingThatIsNoDatabase() throws Exception {
        assertThat(DatabaseSnapshot.graph(folder, StoreDirectory.GNU)).isEmpty();
        Files.writeString(
                folder.resolve("db.sqlite"), "no database at all, but long enough to be looked at".repeat(99));
        assertThat(DatabaseSnapshot.graph(folder, StoreDirectory.GNU)).isEmpty();
    }
}
