// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bridge.client.DaemonAddress;
import dev.cairn.bridge.client.SocketDaemon;
import dev.cairn.bridge.server.DaemonServer;
import dev.cairn.bridge.server.Limits;
import dev.cairn.bridge.server.ListenAddress;
import dev.cairn.bridge.server.ServerSetup;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.Client;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A daemon in a process of its own, composed as the command line composes it, which can be killed. */
final class DaemonProcess implements AutoCloseable {
    private static final String READY = "ready";

    private final Process process;
    private final StoreLayout layout;
    private final DaemonAddress address;

    private DaemonProcess(Process process, StoreLayout layout, DaemonAddress address) {
        this.process = process;
        this.layout = layout;
        this.address = address;
    }

    /**
     * Starts one and waits until it listens.
     *
     * @param folder where the store is, with what else it writes; its name must be short enough for a socket's
     * @param options of the virtual machine
     */
    static DaemonProcess start(Path folder, Dialect shape, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                folder.toString(),
                shape.name()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors").toFile()));
        builder.environment().put("TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString());
        Process process = builder.start();
        DaemonProcess daemon =
                new DaemonProcess(process, layout(folder, shape), new DaemonAddress.Local(folder.resolve("socket")));
        assertThat(process.inputReader().readLine())
                .as("what the daemon says first; %s", Files.readString(folder.resolve("errors")))
                .isEqualTo(READY);
        return daemon;
    }

    static StoreLayout layout(Path folder, Dialect shape) {
        return switch (shape) {
            case GUIX -> new StoreLayout(StoreDirectory.GNU, folder.resolve("root"));
            case NIX -> new StoreLayout(StoreDirectory.NIX, folder.resolve("root"), Places.NIX);
        };
    }

    SocketDaemon connect() throws DaemonException {
        return SocketDaemon.open(address, layout);
    }

    long pid() {
        return process.pid();
    }

    /** Ends it without warning. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }

    /** The main class of the process. */
    static final class Main {
        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            StoreLayout layout = layout(folder, Dialect.valueOf(arguments[1]));
            StoreSettings settings =
                    StoreSettings.DEFAULT.change().substitutes(false).build();
            ServerSetup setup = new ServerSetup(
                    Dialect.GUIX,
                    settings,
                    BuildOptions.DEFAULT.change().maxJobs(2).build(),
                    Event.Verbosity.INFO,
                    Optional.empty(),
                    "killed",
                    Limits.DEFAULT);
            try (Daemon _ = LocalStore.open(layout, Proxies.environment(), settings, Client.SELF);
                    DaemonServer server = new DaemonServer(
                            setup,
                            client -> LocalStore.open(layout, Proxies.environment(), settings, client),
                            _ -> {})) {
                server.listen(new ListenAddress.Unix(folder.resolve("socket")));
                System.out.println(READY);
                new CountDownLatch(1).await();
            }
        }
    }
}
