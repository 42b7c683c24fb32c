// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.bridge.server.DaemonServer;
import dev.cairn.bridge.server.Limits;
import dev.cairn.bridge.server.ListenAddress;
import dev.cairn.bridge.server.ServerSetup;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.event.Event;
import dev.cairn.http.Proxies;
import dev.cairn.layout.StoreLayout;
import dev.cairn.store.LocalStore;
import java.nio.file.Path;
import java.util.Optional;

/** Cairn's own daemon, in the test's process. */
final class ServedStore {
    private ServedStore() {}

    /** Serves a store until that is closed. */
    static DaemonServer serve(StoreLayout layout, Path socket) throws Exception {
        StoreSettings settings = StoreSettings.DEFAULT.change().substitutes(false).build();
        ServerSetup setup = new ServerSetup(
                Dialect.GUIX,
                settings,
                BuildOptions.DEFAULT,
                Event.Verbosity.INFO,
                Optional.of(layout.profiles().resolve("per-user")),
                "test",
                Limits.DEFAULT);
        DaemonServer server = new DaemonServer(
                setup, client -> LocalStore.open(layout, Proxies.NONE, settings, client), _ -> { });
        server.listen(new ListenAddress.Unix(socket));
        return server;
    }
}
