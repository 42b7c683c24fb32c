// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bridge.server.DaemonServer;
import dev.cairn.bridge.server.Limits;
import dev.cairn.bridge.server.ListenAddress;
import dev.cairn.bridge.server.ServerSetup;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonContract;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.error.CairnException;
import dev.cairn.event.Event;
import dev.cairn.http.Proxies;
import dev.cairn.layout.Places;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cairn's own daemon behind the interface, in Guix's dialect. */
class CairnDaemonContractTest extends DaemonContract {
    private DaemonServer server;
    private StoreLayout layout;
    private Path socketFolder;

    /** Whose dialect is spoken. */
    Dialect dialect() {
        return Dialect.GUIX;
    }

    @Override
    protected Daemon open() throws CairnException, IOException {
        layout = dialect() == Dialect.NIX
                ? new StoreLayout(StoreDirectory.NIX, folder.resolve("root"), Places.NIX)
                : new StoreLayout(StoreDirectory.GNU, folder.resolve("root"));
        // Folders of tests may have names that are too long for a socket.
        socketFolder = Files.createTempDirectory(Path.of("/tmp"), "cd");
        ServerSetup setup = new ServerSetup(
                dialect(),
                StoreSettings.DEFAULT.change().substitutes(false).build(),
                BuildOptions.DEFAULT,
                Event.Verbosity.INFO,
                Optional.of(layout.profiles().resolve("per-user")),
                "test",
                Limits.DEFAULT);
        server = new DaemonServer(
                setup,
                client -> LocalStore.open(layout, Proxies.environment(), setup.settings(), client),
                _ -> { });
        server.listen(new ListenAddress.Unix(socketFolder.resolve("socket")));
        return SocketDaemon.open(new DaemonAddress.Local(socketFolder.resolve("socket")), layout);
    }

    @Override
    protected void addRoot(String name, StorePath item) throws IOException {
        Files.createDirectories(layout.gcRoots());
        Files.createSymbolicLink(layout.gcRoots().resolve(name), Path.of(item.toString()));
    }

    @AfterEach
    void endServer() throws IOException {
        server.close();
        Files.deleteIfExists(socketFolder.resolve("socket"));
        Files.delete(socketFolder);
    }

    /** Guix's protocol tells of roots that are links, not of what other sessions hold for now. */
    @Override
    @Test
    protected void keepsTheTemporaryRootsOfOtherSessionsButNotItsOwn() throws Exception {
        StorePath mine = text("mine");
        try (Daemon other = daemon.newSession()) {
            StorePath theirs = other.addText("theirs", "theirs".getBytes(StandardCharsets.UTF_8), List.of());
            assertThat(collect(CollectionRequest.deleteDead(Optional.empty(), false)).paths())
                    .containsExactly(mine.toString());
            assertThat(daemon.isValid(theirs)).isTrue();
        }
        assertThat(collect(CollectionRequest.listDead()).paths()).hasSize(1);
    }
}
