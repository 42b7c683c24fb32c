// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bridge.server.DaemonServer;
import dev.cairn.bridge.server.Limits;
import dev.cairn.bridge.server.ListenAddress;
import dev.cairn.bridge.server.ServerSetup;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.bridge.wire.Handshake;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.event.Event;
import dev.cairn.fs.FileTrees;
import dev.cairn.http.Proxies;
import dev.cairn.layout.Places;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.store.LocalStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real server over a real store, for clients whose requests are made up. */
final class FuzzedServer implements AutoCloseable {
    private final Dialect dialect;
    private final List<String> journal = new CopyOnWriteArrayList<>();
    private final Path folder;
    private final DaemonServer server;

    FuzzedServer(Dialect dialect) throws Exception {
        this.dialect = dialect;
        this.folder = Files.createTempDirectory("cairn-fuzz");
        Path root = folder.resolve("root");
        StoreLayout layout =
                switch (dialect) {
                    case GUIX -> new StoreLayout(StoreDirectory.GNU, root);
                    case NIX -> new StoreLayout(StoreDirectory.NIX, root, Places.NIX);
                };
        StoreSettings settings =
                StoreSettings.DEFAULT.change().substitutes(false).build();
        ServerSetup setup = new ServerSetup(
                dialect,
                settings,
                BuildOptions.DEFAULT,
                Event.Verbosity.DEBUG,
                Optional.empty(),
                "fuzzed",
                Limits.DEFAULT);
        this.server = new DaemonServer(
                setup, client -> LocalStore.open(layout, Proxies.environment(), settings, client), journal::add);
        server.listen(new ListenAddress.Unix(folder.resolve("socket")));
    }

    /** Says this after a greeting, and hears whatever is answered, which has to end. */
    void hear(byte[] input) throws IOException {
        journal.clear();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WireWriter writer = new WireWriter(out);
        writer.writeInt(Handshake.CLIENT_MAGIC);
        writer.writeInt(dialect.version().number());
        writer.writeInt(0);
        writer.writeInt(dialect == Dialect.GUIX ? 1 : 0);
        writer.flush();
        out.write(input);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("socket")))) {
            Thread sender = Thread.ofVirtual().start(() -> Loopback.say(channel, out.toByteArray()));
            Loopback.drain(channel);
            sender.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(journal).noneMatch(line -> line.contains("defect") || line.contains("Error"));
        assertThat(FileTrees.entries(folder)).hasSize(2);
    }

    @Override
    public void close() throws IOException {
        server.close();
        FileTrees.delete(folder);
    }
}
