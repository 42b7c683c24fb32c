// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.app.Workspace;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.layout.StoreLayout;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DaemonCommandTest {
    @TempDir
    private Path root;

    private Path sockets;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void makeShortFolder() throws Exception {
        sockets = Files.createTempDirectory(Path.of("/tmp"), "cd");
    }

    @AfterEach
    void deleteShortFolder() throws Exception {
        Files.deleteIfExists(sockets);
    }

    private int run(String... arguments) {
        Map<String, String> environment = Map.of("HOME", root.toString());
        return CommandLineProgram.on(
                        environment,
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        err,
                        choices -> Workspace.of(environment, choices))
                .run(arguments);
    }

    @Test
    void servesUntilItIsInterrupted() throws Exception {
        Path socket = sockets.resolve("s");
        AtomicInteger code = new AtomicInteger(-1);
        Thread daemon = Thread.ofPlatform().start(() -> code.set(run(
                "daemon", "--store-root=" + root, "--listen=" + socket, "--max-j=3", "-c2", "--gc-keep-o",
                "--disable-c", "--build-users=guixbuild", "--no-subst", "--log-comp=none")));
        while (!err.toString(StandardCharsets.UTF_8).contains("listening at " + socket)) {
            assertThat(daemon.isAlive()).as(err.toString(StandardCharsets.UTF_8)).isTrue();
            Thread.sleep(10);
        }
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            client.write(ByteBuffer.wrap(HexFormat.of().parseHex("6378696e00000000")));
            ByteBuffer answer = ByteBuffer.allocate(16);
            while (answer.hasRemaining() && client.read(answer) >= 0) {
                // All of it.
            }
            assertThat(HexFormat.of().formatHex(answer.array())).isEqualTo("6f697864000000006401000000000000");
        }
        daemon.interrupt();
        daemon.join();
        assertThat(code).hasValue(ExitCode.OK);
        assertThat(socket).doesNotExist();
    }

    @Test
    void refusesWhatGuixDaemonWouldNotTake() {
        for (String option : new String[] {
            "--max-jobs=-1", "--rounds=0", "--gc-keep-outputs=maybe", "--log-compression=lz4", "--dialect=klingon",
            "--disable", "--no-such-option", "--max-jobs=many"
        }) {
            assertThat(run("daemon", "--store-root=" + root, option)).as(option).isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void saysWhyItCannotListen() throws Exception {
        Path file = Files.writeString(root.resolve("file"), "text");
        assertThat(run("daemon", "--store-root=" + root, "--listen=" + file)).isEqualTo(ExitCode.FAILURE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("it exists and is no socket");
    }

    @Test
    void findsTheStoreByVariables() throws Exception {
        StoreLayout layout = new DaemonPlaces(
                        Map.of(
                                "NIX_STORE_DIR", "/srv/store",
                                "GUIX_STATE_DIRECTORY", "/srv/state",
                                "GUIX_LOG_DIRECTORY", "/srv/log",
                                "GUIX_CONFIGURATION_DIRECTORY", "/srv/etc"),
                        Dialect.GUIX)
                .layout(Optional.empty());
        assertThat(layout.physicalStore()).isEqualTo(Path.of("/srv/store"));
        assertThat(layout.state()).isEqualTo(Path.of("/srv/state"));
        assertThat(layout.database()).isEqualTo(Path.of("/srv/state/db"));
        assertThat(layout.logs()).isEqualTo(Path.of("/srv/log"));
        assertThat(layout.configuration()).isEqualTo(Path.of("/srv/etc"));
    }

    @Test
    void putsTheStoreBelowTheRootThatWasChosen() throws Exception {
        StoreLayout layout = new DaemonPlaces(Map.of(), Dialect.NIX).layout(Optional.of(root));
        assertThat(layout.physicalStore()).isEqualTo(root.resolve("nix/store"));
        assertThat(layout.state()).isEqualTo(root.resolve("nix/var/nix"));
    }

    @Test
    void refusesVariablesThatAreNoFolders() {
        assertThatThrownBy(() -> new DaemonPlaces(Map.of("NIX_STORE_DIR", "store"), Dialect.GUIX)
                        .layout(Optional.empty()))
                .isInstanceOf(UsageException.class);
    }
}
