// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bridge.wire.Dialect;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.event.Event;
import dev.cairn.fs.FileTrees;
import dev.cairn.http.Proxies;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.store.LocalStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A socket that was there before the daemon, handed over in the way in which systemd does it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ActivationTest {
    /** Listens, puts the socket in the place where it is looked for, says so, and becomes the program. */
    private static final String ACTIVATE =
            """
            use Socket; use POSIX;
            socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die; bind($s, sockaddr_un(shift)) or die; listen($s, 5) or die;
            POSIX::dup2(fileno($s), 3) if fileno($s) != 3; $^F = 3;
            use Fcntl; open(my $t, "<&=", 3); fcntl($t, F_SETFD, 0);
            $ENV{LISTEN_PID} = $$; $ENV{LISTEN_FDS} = 1; exec @ARGV or die;
            """;

    private Path folder;

    @BeforeEach
    void makeFolder() throws Exception {
        // Folders of tests may have names that are too long for a socket.
        folder = Files.createTempDirectory("ca");
    }

    @AfterEach
    void deleteFolder() throws Exception {
        FileTrees.delete(folder);
    }

    @Test
    void servesAtTheSocketThatItWasGiven() throws Exception {
        Path socket = folder.resolve("socket");
        Process process = new ProcessBuilder(
                        "perl",
                        "-e",
                        ACTIVATE,
                        socket.toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        folder.toString())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        try (BufferedReader said = process.inputReader()) {
            // What was said to standard output before and after shows that both streams are still there.
            assertThat(said.readLine()).as("%s", folder).isEqualTo("starting");
            assertThat(said.readLine()).as("%s", folder).isEqualTo("ready");
            try (RawClient client = RawClient.connect(socket).greet()) {
                assertThat(client.ask(23).awaitLast().readTexts()).isEmpty();
            }
            assertThat(errors()).endsWith("said\n");
        } finally {
            process.destroy();
            process.waitFor();
        }
        // It is not the daemon's to take away.
        assertThat(socket).exists();
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void looksOnlyAtWhatIsMeantForIt() throws Exception {
        String own = Long.toString(ProcessHandle.current().pid());
        assertThat(Activation.inheritedSocket(Map.of())).isEmpty();
        assertThat(Activation.inheritedSocket(Map.of("LISTEN_PID", "1", "LISTEN_FDS", "1"))).isEmpty();
        assertThat(Activation.inheritedSocket(Map.of("LISTEN_PID", own, "LISTEN_FDS", "0"))).isEmpty();
        assertThatThrownBy(() -> Activation.inheritedSocket(Map.of("LISTEN_PID", own, "LISTEN_FDS", "2")))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("2 sockets");
    }

    /** The program that is started for the first client. */
    static final class Main {
        public static void main(String[] arguments) throws Exception {
            System.out.println("starting");
            StoreLayout layout = new StoreLayout(StoreDirectory.GNU, Path.of(arguments[0]).resolve("root"));
            StoreSettings settings = StoreSettings.DEFAULT.change().substitutes(false).build();
            ServerSetup setup = new ServerSetup(
                    Dialect.GUIX, settings, BuildOptions.DEFAULT, Event.Verbosity.INFO, Optional.empty(), "activated",
                    Limits.DEFAULT);
            try (DaemonServer server = new DaemonServer(
                    setup,
                    client -> LocalStore.open(layout, Proxies.environment(), settings, client),
                    _ -> {})) {
                server.listen(Activation.inheritedSocket(System.getenv()).orElseThrow());
                System.err.println("said");
                System.out.println("ready");
                new CountDownLatch(1).await();
            }
        }
    }
}
