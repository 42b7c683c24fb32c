// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.bridge.publish.PublishSettings;
import dev.cairn.bridge.publish.Publisher;
import dev.cairn.bridge.publish.Signer;
import dev.cairn.bridge.web.WebLimits;
import dev.cairn.bridge.web.WebServer;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.BuildLogs;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.store.LocalStore;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Serves what is in a store to whoever wants to fetch it, until it is told to end. */
@Command(name = "publish")
final class PublishCommand extends CairnCommand {
    @Spec
    private @Nullable CommandSpec own;

    @Mixin
    private final PublishOptions options = new PublishOptions();

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        options.unfulfilled().ifPresent(session::note);
        if (options.wantsNix() && workspace.daemonAddress().isEmpty()) {
            RootCommand root = (RootCommand) Objects.requireNonNull(own).root().userObject();
            StoreLayout layout = new DaemonPlaces(session.environment(), Dialect.NIX)
                    .layout(root.choices().orEnvironment(session.environment()).storeRoot());
            try (Daemon daemon = LocalStore.open(layout)) {
                publish(session, layout, daemon);
            }
        } else {
            publish(session, workspace.layout(), workspace.daemon());
        }
        return ExitCode.OK;
    }

    private void publish(Session session, StoreLayout layout, Daemon daemon) throws CairnException, IOException {
        Dialect dialect = layout.storeDirectory().equals(StoreDirectory.NIX) ? Dialect.NIX : Dialect.GUIX;
        PublishSettings settings = options.settings(dialect);
        Signer signer = new PublishKeys(layout, dialect).signer(options.privateKeys(), options.publicKey());
        int port = options.port();
        try (Publisher publisher = new Publisher(
                        daemon, settings, signer, Optional.of(new BuildLogs(layout)), options.cache(), session::note);
                WebServer server = WebServer.listen(options.host(), port, publisher.handler(), WebLimits.DEFAULT)) {
            String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
            session.note(Texts.text(
                    "publish.started", layout.storeDirectory(), host, Integer.toString(server.port())));
            describe(session, signer);
            awaitEnd(session);
        }
    }

    private void describe(Session session, Signer signer) throws IOException {
        if (InetAddress.getByName(options.host()).isLoopbackAddress()) {
            session.note(Texts.text("publish.loopback"));
        }
        signer.guix().ifPresent(key ->
                session.note(Texts.text("publish.signed", key.publicKey().fingerprint())));
        signer.nix().forEach(key -> session.note(Texts.text("publish.signed", key.publicKey())));
        if (signer.guix().isEmpty() && signer.nix().isEmpty()) {
            session.note(Texts.text("publish.unsigned"));
        }
    }

    /** Waits until this process is told to end, which comes as an interruption. */
    private static void awaitEnd(Session session) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            session.note(Texts.text("publish.ending"));
        }
    }
}
