// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bridge.client.DaemonAddress;
import dev.cairn.bridge.client.SocketDaemon;
import dev.cairn.bridge.server.DaemonServer;
import dev.cairn.bridge.server.Limits;
import dev.cairn.bridge.server.ListenAddress;
import dev.cairn.bridge.server.ServerSetup;
import dev.cairn.bridge.web.WebClient;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.http.Proxies;
import dev.cairn.path.StorePath;
import dev.cairn.store.LocalStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Publishes a store that belongs to a daemon, as somebody who cannot write to it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PublishedDaemonTest {
    @TempDir
    private Path folder = Path.of("/");

    private Path sockets = Path.of("/");
    private PublishedStore store;
    private DaemonServer server;
    private Daemon session;
    private StorePath item;

    @BeforeEach
    void start() throws Exception {
        store = PublishedStore.ofGuix(Files.createDirectory(folder.resolve("root")));
        // Folders of tests may have names that are too long for a socket.
        sockets = Files.createTempDirectory(Path.of("/tmp"), "cd");
        ServerSetup setup = new ServerSetup(
                Dialect.GUIX,
                StoreSettings.DEFAULT,
                BuildOptions.DEFAULT,
                Event.Verbosity.INFO,
                Optional.empty(),
                "test",
                Limits.DEFAULT);
        server = new DaemonServer(
                setup,
                client -> LocalStore.open(store.layout, Proxies.environment(), setup.settings(), client),
                _ -> {});
        server.listen(new ListenAddress.Unix(sockets.resolve("socket")));
        session = SocketDaemon.open(new DaemonAddress.Local(sockets.resolve("socket")), store.layout);
        Path big = Files.write(folder.resolve("big"), new byte[48 << 20]);
        item = store.daemon.addTree("big", big, true, HashAlgorithm.SHA256);
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
        session.close();
        server.close();
        Files.deleteIfExists(sockets.resolve("socket"));
        Files.delete(sockets);
    }

    @Test
    void asksTheDaemonAndHasItKeepWhatIsSent() throws Exception {
        StorePath local = store.built("local", Map.of("allowSubstitutes", "0"));
        PublishedStore.Server published = store.publish(session, new PublishedStore.Options().pack("zstd"));
        assertThat(published.get("/" + item.hashPart() + ".narinfo").text()).contains("StorePath: " + item + "\n");
        assertThat(published.get("/nar/zstd/" + local.baseName()).status()).isEqualTo(404);
        store.daemon.close();
        try (Daemon other = LocalStore.open(store.layout)) {
            try (WebClient client = new WebClient(published.port())) {
                client.send("GET /nar/" + item.baseName() + " HTTP/1.1\r\n\r\n");
                client.peek();
                other.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
                assertThat(other.isValid(item)).isTrue();
            }
            // Whoever went away in the middle holds nothing any more.
            while (other.isValid(item)) {
                other.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
            }
            assertThat(published.get("/nar/" + item.baseName()).status()).isEqualTo(404);
        }
    }

    @Test
    void saysThatItCannotAnswerWithoutTheDaemon() throws Exception {
        PublishedStore.Server published = store.publish(session, new PublishedStore.Options());
        server.close();
        assertThat(published.get("/nix-cache-info").status()).isEqualTo(200);
        WebClient.Answer answer = published.get("/" + item.hashPart() + ".narinfo");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.field("Cache-Control")).isEmpty();
        published.get("/" + item.hashPart() + ".narinfo");
        assertThat(store.journal).singleElement().asString().startsWith("cannot answer '/").contains("no such socket");
    }
}
