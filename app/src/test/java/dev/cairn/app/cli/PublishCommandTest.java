// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Workspace;
import dev.cairn.daemon.Daemon;
import dev.cairn.layout.Places;
import dev.cairn.layout.StoreLayout;
import dev.cairn.narinfo.Narinfo;
import dev.cairn.narinfo.NarinfoReader;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.signature.AccessList;
import dev.cairn.signature.NixSecretKey;
import dev.cairn.signature.TrustedKeys;
import dev.cairn.store.LocalStore;
import dev.cairn.trust.KeyFiles;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PublishCommandTest {
    @TempDir
    private Path root = Path.of("/");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Optional<RunningPublisher> server = Optional.empty();

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
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

    /** Starts a server. */
    private RunningPublisher start(String... arguments) throws Exception {
        server = Optional.of(RunningPublisher.start(root, arguments));
        return server.get();
    }

    @AfterEach
    void stop() {
        server.ifPresent(RunningPublisher::close);
    }

    private static byte[] get(int port, String path) throws Exception {
        try (InputStream in = URI.create("http://localhost:" + port + "/" + path).toURL().openStream()) {
            return in.readAllBytes();
        }
    }

    @Test
    void publishesUntilItIsInterrupted() throws Exception {
        assertThat(run("archive", "--generate-key", "--store-root=" + root)).isZero();
        StoreLayout layout = new StoreLayout(StoreDirectory.GNU, root);
        StorePath item;
        try (Daemon daemon = LocalStore.open(layout)) {
            item = daemon.addText("text", new byte[] {1}, List.of());
        }
        RunningPublisher publisher = start(
                "-p0", "--neg=60", "-C", "zstd:19", "-C", "lzip", "--cache=" + root.resolve("cache"), "--nar-p=/x/",
                "--cache-bypass-threshold=1K", "--ttl=1m");
        Narinfo narinfo = NarinfoReader.read(get(publisher.port(), item.hashPart() + ".narinfo"), item);
        AccessList keys = new KeyFiles(layout.configuration()).accessList();
        assertThat(narinfo.judge(new TrustedKeys(keys, List.of())).isAuthorised()).isTrue();
        assertThat(narinfo.nars()).extracting(nar -> nar.url())
                .containsExactly("x/zstd/" + item.baseName(), "x/lzip/" + item.baseName());
        assertThat(publisher.said()).contains("signing with the key " + keys.keys().getFirst().fingerprint());
        assertThat(publisher.stop()).isEqualTo(ExitCode.OK);
        assertThat(publisher.said()).doesNotContain("error");
    }

    @Test
    void publishesStoresOfNixsKind() throws Exception {
        NixSecretKey key = NixSecretKey.generate("test-1");
        Path file = Files.writeString(root.resolve("key"), key.text() + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        StorePath item;
        try (Daemon daemon = LocalStore.open(new StoreLayout(StoreDirectory.NIX, root, Places.NIX))) {
            item = daemon.addText("text", new byte[] {1}, List.of());
        }
        int port = start("--dialect=nix", "--port=0", "--private-key=" + file).port();
        Narinfo narinfo = NarinfoReader.read(get(port, item.hashPart() + ".narinfo"), item);
        assertThat(narinfo.judge(new TrustedKeys(AccessList.EMPTY, List.of(key.publicKey()))).isAuthorised()).isTrue();
        assertThat(get(port, "nix-cache-info")).asString().contains("StoreDir: /nix/store");
        assertThat(get(port, "signing-key.pub")).asString().isEqualTo(key.publicKey() + "\n");
    }

    @Test
    void saysWhatIsWrongWithKeys() throws Exception {
        assertThat(run("publish", "--store-root=" + root, "-p0")).isEqualTo(ExitCode.FAILURE);
        assertThat(said()).contains("no signing key").contains("--generate-key");
        run("archive", "--generate-key", "--store-root=" + root);
        Path keys = root.resolve("etc/guix");
        run("archive", "--generate-key", "--store-root=" + root + "/other");
        assertThat(run(
                        "publish", "--store-root=" + root, "-p0", "--private-key=" + keys.resolve("signing-key.sec"),
                        "--public-key=" + root.resolve("other/etc/guix/signing-key.pub")))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(said()).contains("is not the public half");
        Path open = Files.copy(keys.resolve("signing-key.sec"), root.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run("publish", "--store-root=" + root, "-p0", "--private-key=" + open))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(said()).contains("can be read by everybody");
        assertThat(run("publish", "--store-root=" + root, "-p0", "--private-key=" + root.resolve("none")))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(said()).contains("no such file");
        Path garbage = Files.writeString(root.resolve("garbage"), "garbage");
        Files.setPosixFilePermissions(garbage, PosixFilePermissions.fromString("r--------"));
        assertThat(run("publish", "--store-root=" + root, "-p0", "--private-key=" + garbage))
                .isEqualTo(ExitCode.FAILURE);
    }

    @Test
    void refusesWhatMakesNoSense() {
        run("archive", "--generate-key", "--store-root=" + root);
        for (String option : new String[] {
            "--port=70000", "-p-1", "--ttl=soon", "--negative-ttl=1y", "--compression=xz", "-Cgzip:10", "--nar-path=a b",
            "--nar-path=../x", "--dialect=klingon", "--user=nobody"
        }) {
            assertThat(run("publish", "--store-root=" + root, option)).as(option).isEqualTo(ExitCode.USAGE);
        }
        assertThat(run("publish", "--store-root=" + root, "-p0", "--cache=" + root.resolve("c"), "--workers=0"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("publish", "--store-root=" + root, "-p0", "--listen=no host")).isEqualTo(ExitCode.FAILURE);
        assertThat(run("publish", "--store-root=" + root, "-p0", "--cache=/proc/none")).isEqualTo(ExitCode.FAILURE);
        assertThat(said()).contains("preparing the cache");
    }
}
