// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import dev.cairn.layout.Places;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A nix-daemon with a store of its own: {@code /nix/store} below a folder. */
public final class NixDaemonProcess implements AutoCloseable {
    private final Process process;
    private final StoreLayout layout;
    private final Path socket;

    private NixDaemonProcess(Process process, StoreLayout layout, Path socket) {
        this.process = process;
        this.layout = layout;
        this.socket = socket;
    }

    /**
     * Starts one; the test is skipped where Nix is not installed.
     *
     * @param shown folders of this machine that builders see
     */
    public static NixDaemonProcess start(Path folder, String... shown) throws IOException {
        Optional<Path> program = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(name -> Path.of(name, "nix-daemon"))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(program.isPresent(), "needs nix-daemon (of Debian's package nix-bin)");
        Path configuration = Files.createDirectories(folder.resolve("nix-conf"));
        Files.writeString(
                configuration.resolve("nix.conf"),
                """
                build-users-group =
                sandbox = true
                substitute = false
                substituters =
                sandbox-paths = %s
                """.formatted(String.join(" ", shown)));
        Path root = Files.createDirectories(folder.resolve("nix-root")).toRealPath();
        Path socket = folder.resolve("nix-socket");
        Files.deleteIfExists(socket);
        ProcessBuilder builder = new ProcessBuilder(program.get().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nix-daemon.log").toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().put("NIX_CONF_DIR", configuration.toString());
        builder.environment().put("NIX_DAEMON_SOCKET_PATH", socket.toString());
        builder.environment().put("NIX_REMOTE", "local?root=" + root);
        Process process = builder.start();
        StoreLayout layout = new StoreLayout(StoreDirectory.NIX, root, Places.NIX);
        NixDaemonProcess daemon = new NixDaemonProcess(process, layout, socket);
        daemon.await(socket);
        return daemon;
    }

    private void await(Path socket) throws IOException {
        for (int i = 0; i < 500 && process.isAlive() && !Sockets.isServed(socket); i++) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    /** The process that forks others for its connections. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Its store. */
    public StoreLayout layout() {
        return layout;
    }

    /** Where it listens. */
    public Path socket() {
        return socket;
    }

    /** Ends the daemon with the processes that serve its connections. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
