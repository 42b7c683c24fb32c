// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.bridge.client.DaemonAddress;
import dev.cairn.bridge.client.SocketDaemon;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.bridge.wire.Handshake;
import dev.cairn.bridge.wire.Message;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.error.FormatException;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.layout.Places;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A daemon whose answers are made up, against the client. The first octet of an input chooses dialect and call, the
 * rest is what the daemon says once it has introduced itself.
 */
class ClientFuzzTest {
    private static final BuildOptions BUILDS = BuildOptions.DEFAULT;

    /** What is asked of the daemon. */
    @FunctionalInterface
    private interface Call {
        void to(SocketDaemon daemon, StorePath item) throws DaemonException;
    }

    private static final List<Call> CALLS = List.of(
            (daemon, item) -> daemon.isValid(item),
            (daemon, item) -> daemon.pathInfo(item),
            (daemon, item) -> daemon.valid(List.of(item)),
            (daemon, item) -> daemon.referrers(item),
            (daemon, item) -> daemon.derivationOutputs(item),
            (daemon, item) -> daemon.build(
                    List.of(new BuildTarget(item, new TreeSet<>())), BUILDS, EventSink.NONE),
            (daemon, _) -> daemon.collectGarbage(CollectionRequest.listDead(), EventSink.NONE),
            (daemon, _) -> daemon.roots(),
            (daemon, item) -> daemon.exportItem(item, false, OutputStream.nullOutputStream()),
            (daemon, _) -> daemon.importItems(new ByteArrayInputStream(new byte[100_000]), EventSink.NONE),
            (daemon, _) -> daemon.addText("text", new byte[10], List.of()),
            (daemon, _) -> daemon.verify(true, EventSink.NONE),
            (daemon, _) -> daemon.allPaths(),
            (daemon, _) -> daemon.configure(StoreSettings.DEFAULT),
            (daemon, item) -> daemon.requisites(List.of(item)),
            (daemon, _) -> daemon.failedPaths());

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("cairn-fuzz");
    }

    @AfterEach
    void deleteFolder() throws IOException {
        FileTrees.delete(folder);
    }

    @FuzzTest(maxDuration = "5m")
    void failsInItsOwnWordsWhateverIsAnswered(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        boolean nix = (input[0] & 0x80) != 0;
        Call call = CALLS.get(input[0] & 0x0f);
        byte[] answer = greeting(nix ? Dialect.NIX : Dialect.GUIX, Arrays.copyOfRange(input, 1, input.length));
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofVirtual().start(() -> serve(server, answer));
            call(call, socket, layout(nix));
        } finally {
            Files.deleteIfExists(socket);
        }
    }

    private StoreLayout layout(boolean nix) {
        return nix
                ? new StoreLayout(StoreDirectory.NIX, folder.resolve("root"), Places.NIX)
                : new StoreLayout(StoreDirectory.GNU, folder.resolve("root"));
    }

    private static void call(Call call, Path socket, StoreLayout layout) throws FormatException {
        StorePath item = layout.storeDirectory().item("0".repeat(StorePath.HASH_LENGTH) + "-item.drv");
        try (SocketDaemon daemon = SocketDaemon.open(new DaemonAddress.Local(socket), layout)) {
            call.to(daemon, item);
        } catch (DaemonException _) {
            // What else is there to say?
        }
    }

    private static byte[] greeting(Dialect dialect, byte[] rest) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WireWriter writer = new WireWriter(out);
        writer.writeInt(Handshake.SERVER_MAGIC);
        writer.writeInt(dialect.version().number());
        if (dialect == Dialect.NIX) {
            writer.writeText("fuzzed");
        }
        writer.writeMessage(Message.LAST);
        writer.flush();
        out.write(rest);
        return out.toByteArray();
    }

    /** Every connection is answered the same. */
    private static void serve(ServerSocketChannel server, byte[] answer) {
        while (true) {
            try {
                SocketChannel client = server.accept();
                Thread.ofVirtual().start(() -> {
                    try (client) {
                        Loopback.say(client, answer);
                        Loopback.drain(client);
                    } catch (IOException _) {
                        // It was over anyway.
                    }
                });
            } catch (IOException _) {
                return;
            }
        }
    }
}
