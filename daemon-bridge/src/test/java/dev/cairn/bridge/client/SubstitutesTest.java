// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bridge.server.DaemonServer;
import dev.cairn.bridge.server.Limits;
import dev.cairn.bridge.server.ListenAddress;
import dev.cairn.bridge.server.ServerSetup;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.daemon.SubstituteInfo;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.http.Proxies;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.signature.PublicKey;
import dev.cairn.store.LocalStore;
import dev.cairn.testing.CacheServer;
import dev.cairn.testing.SharedData;
import dev.cairn.trust.KeyFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A daemon that fetches for its clients, in both dialects. */
class SubstitutesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void areFetchedByTheDaemonFromWhereItsClientsSay(Dialect dialect) throws Exception {
        Path cache = SharedData.require("data/guix-cache");
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, folder);
        new KeyFiles(layout.configuration())
                .authorise(PublicKey.read(Files.readAllBytes(cache.resolve("signing-key.pub"))));
        ServerSetup setup = new ServerSetup(
                dialect,
                StoreSettings.DEFAULT,
                BuildOptions.DEFAULT,
                Event.Verbosity.INFO,
                Optional.empty(),
                "test",
                Limits.DEFAULT);
        // Folders of tests may have names that are too long for a socket.
        Path sockets = Files.createTempDirectory(Path.of("/tmp"), "cd");
        Path socket = sockets.resolve("s");
        StorePath hello = StoreDirectory.GNU.item("8wfj0rk77ci8fw5xv6l7c03pl7hcqshx-hello-2.12");
        StorePath nothing = StoreDirectory.GNU.item("0".repeat(32) + "-nothing");
        List<Event> events = new CopyOnWriteArrayList<>();
        try (CacheServer server = CacheServer.serving(cache);
                DaemonServer served = new DaemonServer(
                        setup,
                        client -> LocalStore.open(layout, Proxies.NONE, setup.settings(), client),
                        _ -> { })) {
            served.listen(new ListenAddress.Unix(socket));
            try (Daemon daemon = SocketDaemon.open(new DaemonAddress.Local(socket), layout)) {
                assertThat(daemon.substitutable(List.of(hello), EventSink.NONE)).isEmpty();
                daemon.configure(StoreSettings.DEFAULT
                        .change()
                        .substituteUrls(List.of(server.url()))
                        .build());
                SubstituteInfo info =
                        daemon.substitutable(List.of(hello, nothing), EventSink.NONE).get(hello);
                assertThat(info.narSize()).isPositive();
                assertThat(info.references()).hasSize(1);
                daemon.ensure(List.of(hello), BuildOptions.DEFAULT, events::add);
                assertThat(daemon.requisites(List.of(hello))).hasSize(2);
                assertThat(events)
                        .filteredOn(Event.Started.class::isInstance)
                        .extracting(event -> ((Event.Started) event).subject())
                        .contains(hello.toString());
                assertThatThrownBy(() -> daemon.ensure(List.of(nothing), BuildOptions.DEFAULT, EventSink.NONE))
                        .isInstanceOf(DaemonException.NotSubstituted.class)
                        .hasMessageContaining("the daemon says");
                daemon.configure(daemon.settings().change().substitutes(false).build());
                assertThat(daemon.substitutable(List.of(nothing), EventSink.NONE)).isEmpty();
            }
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(sockets);
        }
    }
}
