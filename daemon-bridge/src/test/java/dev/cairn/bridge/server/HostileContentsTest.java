// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import static dev.cairn.testing.HandmadeNar.directory;
import static dev.cairn.testing.HandmadeNar.entry;
import static dev.cairn.testing.HandmadeNar.file;
import static dev.cairn.testing.HandmadeNar.inner;
import static dev.cairn.testing.HandmadeNar.join;
import static dev.cairn.testing.HandmadeNar.link;
import static dev.cairn.testing.HandmadeNar.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bridge.client.DaemonAddress;
import dev.cairn.bridge.client.SocketDaemon;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.testing.Namespaces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients add and builders make, to do harm, through the socket of a real server over a real store. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileContentsTest {
    @TempDir
    private Path root;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(root);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void namesInArchivesLeadNowhere() throws Exception {
        for (String name : List.of("..", ".", "", "a/b", "/etc", "../../x", "a\0b", "x".repeat(256))) {
            assertRefused(directory(entry(name, file("x"))));
        }
        assertRefused(directory(entry("b", file("1")), entry("a", file("2"))));
        assertRefused(directory(entry("a", file("1")), entry("a", file("2"))));
        assertRefused(directory(entry("a", link(root.toString())), entry("a", inner(entry("escaped", file("2"))))));
        assertRefused(directory(entry("a", inner()), entry("a", inner(entry("b", file("1"))))));
        assertThat(root.resolve("escaped")).doesNotExist();
        assertNothingIsLeft();
    }

    @Test
    void archivesMayBeDeepOnlyAsFarAsNamesReach() throws Exception {
        assertRefused(deep(100_000, "d"));
        assertRefused(deep(60, "n".repeat(200)));
        assertNothingIsLeft();
    }

    @Test
    void namesThatDifferOnlyInCaseAreTwo() throws Exception {
        byte[] nar = join(text("nix-archive-1"), inner(entry("A", file("1")), entry("a", file("2"))));
        try (RawClient client = server.connect().greet()) {
            begin(client, nar);
            String item = client.awaitLast().readText(1000);
            assertThat(root.resolve(item.substring(1)).resolve("A")).hasContent("1");
            assertThat(root.resolve(item.substring(1)).resolve("a")).hasContent("2");
        }
    }

    @Test
    void treesOfBuildersMayBeTooDeepToBeNamed() throws Exception {
        Namespaces.assumeUsable();
        String dig = "perl -e 'for (1..60) { mkdir \"n\" x 200; chdir \"n\" x 200 } open(F, \">f\")'; ";
        String own = "-" + ProcessHandle.current().pid();
        // In the build folder they harm nobody, in an output they cannot be.
        try (Daemon daemon = connect()) {
            NamedDerivation digs = add(daemon, "digs" + own, dig + "echo x > $out");
            daemon.build(List.of(BuildTarget.all(digs.path())), BuildOptions.DEFAULT, EventSink.NONE);
            assertThat(daemon.isValid(digs.output("out"))).isTrue();
            NamedDerivation keeps = add(daemon, "keeps" + own, "mkdir $out; cd $out; " + dig);
            assertThatThrownBy(() -> daemon.build(
                            List.of(BuildTarget.all(keeps.path())), BuildOptions.DEFAULT, EventSink.NONE))
                    .isInstanceOf(DaemonException.class);
        }
        assertThat(FileTrees.entries(Path.of(System.getenv().getOrDefault("TMPDIR", "/tmp"))))
                .noneMatch(path -> path.getFileName().toString().matches("guix-build-(digs|keeps)" + own + "\\.drv-.*"));
        assertNothingIsLeft();
    }

    @Test
    void buildersThatGoOnInTheBackgroundEndWithTheBuild() throws Exception {
        Namespaces.assumeUsable();
        // Other runs of the tests have other ones.
        String nap = "sleep 9753." + ProcessHandle.current().pid();
        try (Daemon daemon = connect()) {
            NamedDerivation forks = add(
                    daemon, "forks", "trap '' TERM HUP; setsid " + nap + " & setsid " + nap + " & echo x > $out");
            daemon.build(List.of(BuildTarget.all(forks.path())), BuildOptions.DEFAULT, EventSink.NONE);
            assertThat(daemon.isValid(forks.output("out"))).isTrue();
        }
        while (ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").endsWith(nap))) {
            Thread.sleep(20);
        }
    }

    @Test
    void buildersMakeNeitherSetUserFilesNorPipesNorDevices() throws Exception {
        Namespaces.assumeUsable();
        try (Daemon daemon = connect()) {
            NamedDerivation sets = add(daemon, "sets", "echo x > $out; chmod 6755 $out || true");
            try {
                daemon.build(List.of(BuildTarget.all(sets.path())), BuildOptions.DEFAULT, EventSink.NONE);
                Path out = server.layout.physical(sets.output("out"));
                assertThat((Integer) Files.getAttribute(out, "unix:mode") & 07000).isZero();
            } catch (DaemonException e) {
                assertThat(e).hasMessageContaining("sets");
            }
            NamedDerivation pipe = add(daemon, "pipe", "mkdir $out; mkfifo $out/pipe");
            assertThatThrownBy(() -> daemon.build(
                            List.of(BuildTarget.all(pipe.path())), BuildOptions.DEFAULT, EventSink.NONE))
                    .isInstanceOf(DaemonException.class);
            NamedDerivation device = add(daemon, "device", "mknod $out c 1 3");
            assertThatThrownBy(() -> daemon.build(
                            List.of(BuildTarget.all(device.path())), BuildOptions.DEFAULT, EventSink.NONE))
                    .isInstanceOf(DaemonException.class);
        }
        assertNothingIsLeft();
    }

    private Daemon connect() throws DaemonException {
        return SocketDaemon.open(new DaemonAddress.Local(server.socket), server.layout);
    }

    private static NamedDerivation add(Daemon daemon, String name, String script) throws Exception {
        NamedDerivation derivation = Scripts.derivation(name, script);
        daemon.addText(derivation.name() + ".drv", derivation.text(), List.of());
        return derivation;
    }

    /** The next collection leaves an empty store. */
    private void assertNothingIsLeft() throws Exception {
        while (server.server.connections() > 0) {
            Thread.sleep(10);
        }
        try (Daemon daemon = connect()) {
            daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
            assertThat(daemon.allPaths()).isEmpty();
            assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
        }
        assertThat(FileTrees.entries(server.layout.physicalStore()))
                .extracting(path -> path.getFileName().toString())
                .isSubsetOf(".links", "trash");
        if (FileTrees.exists(server.layout.physicalStore().resolve("trash"))) {
            assertThat(server.layout.physicalStore().resolve("trash")).isEmptyDirectory();
        }
    }

    private void assertRefused(byte[] nar) throws IOException {
        try (RawClient client = server.connect().greet()) {
            try {
                begin(client, nar);
            } catch (IOException _) {
                // The server may have hung up before it had got all of it.
            }
            assertThatThrownBy(client::awaitLast).isInstanceOf(RawClient.Failure.class);
        }
        try (RawClient client = server.connect().greet()) {
            assertThat(client.ask(23).awaitLast().readInt()).as("valid items").isZero();
        }
        assertThat(FileTrees.entries(server.layout.physicalStore()))
                .extracting(path -> path.getFileName().toString())
                .isSubsetOf(".links", "trash");
    }

    private static void begin(RawClient client, byte[] nar) throws IOException {
        client.request(7).writeText("hostile");
        client.out.writeInt(1);
        client.out.writeInt(1);
        client.out.writeText("sha256");
        client.out.flush();
        client.send(nar);
    }

    private static byte[] deep(int levels, String name) {
        byte[] start = join(text("("), text("type"), text("directory"));
        byte[] entry = join(text("entry"), text("("), text("name"), text(name), text("node"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text("nix-archive-1"));
        for (int i = 0; i < levels; i++) {
            out.writeBytes(start);
            out.writeBytes(entry);
        }
        out.writeBytes(file("x"));
        for (int i = 0; i < levels; i++) {
            out.writeBytes(text(")"));
            out.writeBytes(text(")"));
        }
        return out.toByteArray();
    }
}
