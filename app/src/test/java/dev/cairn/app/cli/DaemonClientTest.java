// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Installation;
import dev.cairn.testing.Namespaces;
import dev.cairn.testing.NixDaemonProcess;
import dev.cairn.testing.Sockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line on daemons: Nix's, which lacks Cairn's builders, and Cairn's own. */
class DaemonClientTest {
    @TempDir
    private Path home = Path.of("/");

    private CommandRuns cairn = runs(home);

    @BeforeEach
    void begin() {
        cairn = runs(home);
    }

    private static CommandRuns runs(Path home) {
        Path resources = Path.of(System.getProperty("cairn.root"), "ui-resources/src/main/resources/dev/cairn/ui");
        return new CommandRuns(home, new Installation(Optional.of(resources)), home);
    }

    @Test
    void worksWithNixDaemonAsWithTheOwnStore() throws Exception {
        Namespaces.assumeUsable();
        try (NixDaemonProcess nix = NixDaemonProcess.start(home)) {
            worksAsWithTheOwnStore(nix.socket(), nix.layout().root());
            Path profiles = nix.layout().profiles().resolve("per-user/tester");
            assertThat(profiles.resolve("guix-profile")).isSymbolicLink();
            // Programs of this machine are not in a daemon's sandbox.
            assertThat(cairn.run("install", "units", "--daemon=" + nix.socket(), root(nix.layout().root())))
                    .isEqualTo(ExitCode.FAILURE);
            assertThat(cairn.err()).contains("its builder uses programs of this machine");
        }
    }

    @Test
    void worksWithCairnsOwnDaemonAsWithTheOwnStore() throws Exception {
        Namespaces.assumeUsable();
        Path root = home.resolve("served");
        Path folder = Files.createTempDirectory(Path.of("/tmp"), "cd");
        Path socket = folder.resolve("socket");
        Thread daemon = Thread.ofPlatform().start(() -> runs(home).run("daemon", "--listen=" + socket, root(root)));
        try {
            for (int i = 0; i < 500 && daemon.isAlive() && !Sockets.isServed(socket); i++) {
                Thread.sleep(20);
            }
            worksAsWithTheOwnStore(socket, root);
        } finally {
            daemon.interrupt();
            daemon.join(TimeUnit.SECONDS.toMillis(20));
            Files.deleteIfExists(socket);
            Files.delete(folder);
        }
    }

    private static String root(Path root) {
        return "--store-root=" + root;
    }

    private void worksAsWithTheOwnStore(Path socket, Path root) {
        String daemon = "--daemon=" + socket;
        String store = root(root);
        cairn.must("install", "hello@1.0", daemon, store);
        cairn.must("upgrade", daemon, store);
        cairn.must("list", daemon, store);
        assertThat(cairn.out()).startsWith("hello\t2.1");
        String item = cairn.out().strip().split("\t")[3];
        cairn.must("upgrade", daemon, store);
        assertThat(cairn.err()).contains("nothing to do");
        cairn.must("gc", "-R", item, daemon, store);
        assertThat(cairn.out()).contains("shlib");
        cairn.must("roll-back", daemon, store);
        cairn.must("list", daemon, store);
        assertThat(cairn.out()).startsWith("hello\t1.0");
        cairn.must("gc", "--list-roots", daemon, store);
        assertThat(cairn.out()).contains("guix-profile-1-link").contains("guix-profile-2-link");
        cairn.must("delete-generations", "2", daemon, store);
        cairn.must("gc", daemon, store);
        cairn.must("gc", "--list-live", daemon, store);
        assertThat(cairn.out()).doesNotContain(item);
        cairn.must("verify", daemon, store);
        assertThat(cairn.out() + cairn.err()).contains("nothing wrong");
    }

    @Test
    void saysThatThereIsNoDaemon() throws IOException {
        assertThat(cairn.run("gc", "--list-live", "--daemon=" + home.resolve("nowhere")))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains("there is no such socket").contains("hint: Start the daemon");
        Path plain = Files.writeString(home.resolve("plain"), "");
        assertThat(cairn.run("gc", "--list-live", "--daemon=" + plain)).isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains("nobody listens there");
        assertThat(cairn.run("gc", "--list-live", "--daemon=socket")).isEqualTo(ExitCode.FAILURE);
        assertThat(cairn.err()).contains("neither an absolute file name");
    }
}
