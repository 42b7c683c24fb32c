// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A client whose requests are made up, against a real server over a real store. */
class ServerFuzzTest {
    private static final List<String> JOURNAL = new CopyOnWriteArrayList<>();

    private static Path folder = Path.of("");
    private static Optional<DaemonServer> server = Optional.empty();

    @BeforeAll
    static void serve() throws Exception {
        folder = Files.createTempDirectory("cairn-fuzz");
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, folder.resolve("root"));
        StoreSettings settings =
                StoreSettings.DEFAULT.change().substitutes(false).build();
        ServerSetup setup = new ServerSetup(
                Dialect.GUIX,
                settings,
                BuildOptions.DEFAULT,
                Event.Verbosity.DEBUG,
                Optional.empty(),
                "fuzzed",
                Limits.DEFAULT);
        DaemonServer made = new DaemonServer(
                setup, client -> LocalStore.open(layout, Proxies.environment(), settings, client), JOURNAL::add);
        made.listen(new ListenAddress.Unix(folder.resolve("socket")));
        server = Optional.of(made);
    }

    @AfterAll
    static void end() throws IOException {
        server.ifPresent(DaemonServer::close);
        FileTrees.delete(folder);
    }

    @FuzzTest(maxDuration = "5m")
    void answersWhateverIsAsked(byte[] input) throws IOException {
        JOURNAL.clear();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WireWriter writer = new WireWriter(out);
        writer.writeInt(Handshake.CLIENT_MAGIC);
        writer.writeInt(Dialect.GUIX.version().number());
        writer.writeInt(0);
        writer.writeInt(1);
        writer.flush();
        out.write(input);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("socket")))) {
            Thread sender = Thread.ofVirtual().start(() -> Loopback.say(channel, out.toByteArray()));
            Loopback.drain(channel);
            sender.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(JOURNAL).noneMatch(line -> line.contains("defect") || line.contains("Error"));
        assertThat(FileTrees.entries(folder)).hasSize(2);
    }
}
