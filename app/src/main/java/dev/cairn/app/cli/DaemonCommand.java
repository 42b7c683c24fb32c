// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.bridge.server.Activation;
import dev.cairn.bridge.server.DaemonServer;
import dev.cairn.bridge.server.Limits;
import dev.cairn.bridge.server.ListenAddress;
import dev.cairn.bridge.server.ServerSetup;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.Client;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.error.CairnException;
import dev.cairn.http.Proxies;
import dev.cairn.layout.StoreLayout;
import dev.cairn.store.LocalStore;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a store to other programs until it is told to end. */
@Command(name = "daemon", versionProvider = Version.class)
final class DaemonCommand implements Callable<Integer> {
    private static final String SOCKET = "daemon-socket/socket";

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final DaemonOptions options = new DaemonOptions();

    @Option(names = "--usage", usageHelp = true, hidden = true)
    private boolean usage;

    @Option(names = "--version", versionHelp = true, descriptionKey = "version", order = 99)
    private boolean version;

    @Override
    public Integer call() throws CairnException {
        RootCommand parent = (RootCommand) Objects.requireNonNull(spec).root().userObject();
        serve(parent.session(), parent.choices().orEnvironment(parent.session().environment()).storeRoot());
        return ExitCode.OK;
    }

    private void serve(Session session, Optional<Path> root) throws CairnException {
        Map<String, String> environment = session.environment();
        Dialect dialect = options.dialect();
        if (options.wantsDiscovery()) {
            session.note(Texts.text("daemon.no-discovery"));
        }
        StoreLayout layout = new DaemonPlaces(environment, dialect).layout(root);
        StoreSettings settings = options.settings(layout);
        ServerSetup setup = new ServerSetup(
                dialect,
                settings,
                options.builds(),
                options.verbosity(),
                Optional.of(layout.profiles().resolve("per-user")),
                Version.number(),
                Limits.DEFAULT);
        // What the sessions share stays open between them, and what is wrong with the store is said at once.
        try (Daemon _ = LocalStore.open(layout, Proxies.environment(), settings, Client.SELF);
                DaemonServer server = new DaemonServer(
                        setup,
                        client -> LocalStore.open(layout, Proxies.environment(), settings, client),
                        session::note)) {
            session.note(Texts.text("daemon.store", layout.physicalStore()));
            listen(session, server, layout);
            awaitEnd(session);
        }
    }

    /** Waits until this process is told to end, which comes as an interruption. */
    private static void awaitEnd(Session session) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            // Said before a socket that was handed over is closed, which shuts standard error.
            session.note(Texts.text("daemon.ending"));
        }
    }

    private void listen(Session session, DaemonServer server, StoreLayout layout) throws CairnException {
        Optional<ServerSocketChannel> inherited = Activation.inheritedSocket(session.environment());
        if (inherited.isPresent()) {
            server.listen(inherited.get());
            session.note(Texts.text("daemon.listening", Texts.text("daemon.inherited")));
            return;
        }
        if (options.addresses().isEmpty()) {
            listen(session, server, new ListenAddress.Unix(layout.state().resolve(SOCKET)));
        }
        for (String address : options.addresses()) {
            listen(session, server, ListenAddress.parse(address));
        }
    }

    private static void listen(Session session, DaemonServer server, ListenAddress address) throws CairnException {
        server.listen(address);
        session.note(Texts.text("daemon.listening", address));
    }
}
