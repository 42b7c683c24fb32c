// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bridge.wire.Message;
import dev.cairn.daemon.CollectionRequest;
import dev.cairn.daemon.Daemon;
import dev.cairn.derivation.NamedDerivation;
import dev.cairn.event.EventSink;
import dev.cairn.fs.FileTrees;
import dev.cairn.hash.HashAlgorithm;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StorePath;
import dev.cairn.store.LocalStore;
import dev.cairn.testing.Namespaces;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that go away in the middle of long operations, with a real store behind the server. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DisconnectionTest {
    private static final int LARGE = 4 << 20;

    /** A command that no other run of the tests has at the same time. */
    private static final String NAP = "sleep 8642." + ProcessHandle.current().pid();

    @TempDir
    private Path root;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(root);
    }

    @AfterEach
    void leavesASoundStoreAndNothingElse() throws Exception {
        while (server.server.connections() > 0) {
            Thread.sleep(10);
        }
        try (RawClient client = server.connect().greet()) {
            assertThat(DaemonServerTest.addHello(client)).isNotEmpty();
        }
        server.close();
        try (Daemon daemon = LocalStore.open(server.layout)) {
            assertThat(daemon.verify(true, EventSink.NONE).isSound()).isTrue();
            daemon.collectGarbage(CollectionRequest.deleteDead(Optional.empty(), false), EventSink.NONE);
            List<String> valid =
                    daemon.allPaths().stream().map(StorePath::baseName).toList();
            assertThat(strays()).isSubsetOf(valid);
        }
    }

    private List<String> strays() throws IOException {
        return FileTrees.entries(server.layout.physicalStore()).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> !name.equals(".links") && !name.equals("trash"))
                .toList();
    }

    @Test
    void inTheMiddleOfATreeThatIsAdded() throws Exception {
        byte[] nar = nar();
        for (int length : new int[] {0, 7, 100, 200, nar.length / 2, nar.length - 8}) {
            try (RawClient client = server.connect().greet()) {
                client.request(7).writeText("tree");
                client.out.writeInt(1);
                client.out.writeInt(1);
                client.out.writeText("sha256");
                client.out.flush();
                client.send(Arrays.copyOf(nar, length));
            }
        }
        awaitNobody();
        assertThat(strays()).isEmpty();
    }

    @Test
    void inTheMiddleOfAnImport() throws Exception {
        byte[] nar = nar();
        for (int length : new int[] {1, 8, 300, 30_000}) {
            try (RawClient client = server.connect().greet()) {
                client.ask(27);
                assertThat(client.in.readInt()).isEqualTo(Message.READ.code());
                client.in.readInt();
                byte[] portion = new byte[length];
                portion[0] = 1;
                System.arraycopy(nar, 0, portion, Math.min(8, length), Math.max(0, length - 8));
                client.out.writeBytes(portion);
                client.out.flush();
            }
        }
        awaitNobody();
        assertThat(strays()).isEmpty();
    }

    @Test
    void inTheMiddleOfAnExport() throws Exception {
        try (Daemon daemon = LocalStore.open(server.layout)) {
            StorePath tree = daemon.addNar("tree", new ByteArrayInputStream(nar()), true, HashAlgorithm.SHA256);
            for (int i = 0; i < 3; i++) {
                try (RawClient client = server.connect().greet()) {
                    client.request(16).writeText(tree.toString());
                    client.out.writeInt(0);
                    client.out.flush();
                    assertThat(client.in.readInt()).isEqualTo(Message.NEXT.code());
                }
            }
            awaitNobody();
        }
    }

    @Test
    void inTheMiddleOfUpkeep() throws Exception {
        try (Daemon daemon = LocalStore.open(server.layout)) {
            for (int i = 0; i < 50; i++) {
                daemon.addText("text", new byte[10_000 + i], List.of());
            }
        }
        for (int i = 0; i < 10; i++) {
            try (RawClient client = server.connect().greet()) {
                client.ask(34);
                client.request(35).writeInt(1);
                client.out.writeInt(0);
                client.out.flush();
            }
            try (RawClient client = server.connect().greet()) {
                client.request(20).writeInt(2);
                client.out.writeInt(0);
                client.out.writeInt(0);
                client.out.writeLong(i < 9 ? 1 : -1);
                for (int j = 0; j < 3; j++) {
                    client.out.writeInt(0);
                }
                client.out.flush();
                Thread.sleep(i);
            }
        }
        awaitNobody();
    }

    @Test
    void inTheMiddleOfABuildAndOfWaitingForOne() throws Exception {
        Namespaces.assumeUsable();
        NamedDerivation derivation = Scripts.derivation("sleeping", "mkdir $out; exec " + NAP);
        try (Daemon daemon = LocalStore.open(server.layout)) {
            daemon.addText(derivation.name() + ".drv", derivation.text(), List.of());
            for (int i = 0; i < 2; i++) {
                try (RawClient builds = server.connect().greet();
                        RawClient waits = server.connect().greet()) {
                    build(builds, derivation);
                    await(1);
                    build(waits, derivation);
                }
                await(0);
                awaitNobody();
                assertThat(strays()).as("but for locks").allMatch(name -> name.matches(".*\\.drv|.*\\.lock"));
            }
        }
    }

    private static void build(RawClient client, NamedDerivation derivation) throws IOException {
        client.request(9).writeTexts(List.of(derivation.path().toString()));
        client.out.writeInt(0);
        client.out.flush();
    }

    /** Waits until so many builders run. */
    private static void await(int builders) throws InterruptedException {
        while (ProcessHandle.allProcesses()
                        .filter(process -> process.info().commandLine().orElse("").endsWith(NAP))
                        .count()
                != builders) {
            Thread.sleep(20);
        }
    }

    private void awaitNobody() throws InterruptedException {
        while (server.server.connections() > 0) {
            Thread.sleep(10);
        }
    }

    private static byte[] nar() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(out);
        writer.directoryStart();
        writer.entry("folder");
        writer.directoryStart();
        writer.entry("small");
        writer.regular(true, new byte[100]);
        writer.directoryEnd();
        writer.entry("large");
        writer.regular(false, new byte[LARGE]);
        writer.directoryEnd();
        writer.finish();
        return out.toByteArray();
    }
}
