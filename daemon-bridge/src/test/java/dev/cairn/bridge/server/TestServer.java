// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.Client;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.Sessions;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.event.Event;
import dev.cairn.http.Proxies;
import dev.cairn.layout.Places;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server over a store of its own, at a socket of its own. */
final class TestServer implements AutoCloseable {
    private static final String SHORT = "/tmp";
    private static final StoreSettings PLAIN = StoreSettings.DEFAULT.change().substitutes(false).build();

    final StoreLayout layout;
    final Path socket;
    final List<String> journal = new CopyOnWriteArrayList<>();
    final DaemonServer server;
    private final Path socketFolder;

    /** What a server has its sessions from may be changed to tell how it is used. */
    interface Layer {
        Daemon over(Daemon daemon);
    }

    TestServer(Path root, Limits limits, boolean trusting, Layer layer) throws Exception {
        this(
                new StoreLayout(StoreDirectory.GNU, root),
                Dialect.GUIX,
                PLAIN,
                Proxies.environment(),
                limits,
                trusting,
                layer);
    }

    TestServer(Path root, StoreSettings settings, Proxies proxies) throws Exception {
        this(
                new StoreLayout(StoreDirectory.GNU, root),
                Dialect.GUIX,
                settings,
                proxies,
                Limits.DEFAULT,
                true,
                daemon -> daemon);
    }

    /** One that speaks Nix's dialect, over a store of Nix's kind. */
    static TestServer ofNix(Path root) throws Exception {
        return ofNix(new StoreLayout(StoreDirectory.NIX, root, Places.NIX));
    }

    static TestServer ofNix(StoreLayout layout) throws Exception {
        // What its clients look for.
        StoreSettings settings =
                PLAIN.change().logCompression(StoreSettings.LogCompression.BZIP2).build();
        return new TestServer(
                layout, Dialect.NIX, settings, Proxies.environment(), Limits.DEFAULT, true, daemon -> daemon);
    }

    private TestServer(
            StoreLayout layout,
            Dialect dialect,
            StoreSettings settings,
            Proxies proxies,
            Limits limits,
            boolean trusting,
            Layer layer)
            throws Exception {
        this.layout = layout;
        // Folders of tests may have names that are too long for a socket.
        socketFolder = Files.createTempDirectory(Path.of(SHORT), "cd");
        socket = socketFolder.resolve("socket");
        ServerSetup setup = new ServerSetup(
                dialect,
                settings,
                BuildOptions.DEFAULT.change().maxJobs(1).build(),
                Event.Verbosity.INFO,
                Optional.of(layout.profiles().resolve("per-user")),
                "test",
                limits);
        Sessions sessions = client ->
                layer.over(LocalStore.open(layout, proxies, settings, trusting ? client : untrusted(client)));
        server = new DaemonServer(setup, sessions, journal::add);
        server.listen(new ListenAddress.Unix(socket));
    }

    TestServer(Path root) throws Exception {
        this(root, Limits.DEFAULT, true, daemon -> daemon);
    }

    private static Client untrusted(Client client) {
        return new Client(client.user(), client.owner(), false);
    }

    RawClient connect() throws IOException {
        return RawClient.connect(socket);
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
        Files.deleteIfExists(socketFolder);
    }
}
