// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bridge.wire.Handshake;
import dev.cairn.path.StoreDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DaemonServerTest {
    private static final String HELLO = "/gnu/store/lnqjid21cvqw4c4kh7xnj2ikp2d0qfnb-hello.txt";

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
    void addsWhatClientsSend() throws IOException {
        try (RawClient client = server.connect().greet()) {
            assertThat(addHello(client)).isEqualTo(HELLO);
            assertThat(client.ask(1, HELLO).awaitLast().readInt()).isEqualTo(1);
        }
        assertThat(root.resolve(HELLO.substring(1))).hasContent("Hello, world!\n");
    }

    @Test
    void takesClientsOfAllVersions() throws IOException {
        for (long version : List.of(0x101L, 0x108L, 0x10cL, 0x10fL, 0x122L, 0x160L, 0x163L, 0x164L, 0x1ffL, 0x264L)) {
            try (RawClient client = server.connect().greet(version)) {
                assertThat(client.ask(1, HELLO).awaitLast().readInt()).isZero();
            }
        }
    }

    @Test
    void servesManyClientsAtOnce() throws Exception {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> added = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int number = i;
                Callable<String> task = () -> {
                    try (RawClient client = server.connect().greet()) {
                        String last = "";
                        for (int j = 0; j < 5; j++) {
                            last = addText(client, "text-" + j, "client " + number);
                        }
                        return last;
                    }
                };
                added.add(clients.submit(task));
            }
            for (Future<String> item : added) {
                assertThat(root.resolve(item.get().substring(1))).exists();
            }
        }
    }

    @Test
    void letsEverybodyConnect() throws IOException {
        assertThat(Files.getPosixFilePermissions(server.socket))
                .isEqualTo(PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    @Test
    void makesAFolderForProfilesOfWhoeverConnects() throws IOException {
        server.connect().greet().close();
        String user = Files.getOwner(root).getName();
        assertThat(server.layout.profiles().resolve("per-user").resolve(user)).isDirectory();
    }

    @Test
    void takesTheSocketAwayWhenItEnds() throws IOException {
        server.close();
        assertThat(server.socket).doesNotExist();
    }

    @Test
    void leavesAnotherDaemonItsSocket() throws Exception {
        assertThatThrownBy(() -> server.server.listen(new ListenAddress.Unix(server.socket)))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("another daemon listens there");
        try (RawClient client = server.connect().greet()) {
            assertThat(client.ask(1, HELLO).awaitLast().readInt()).isZero();
        }
    }

    @Test
    void listensUnderNamesThatAreTooLongForSockets() throws Exception {
        Path folder = Files.createDirectories(root.resolve("a".repeat(100)).resolve("b".repeat(100)));
        server.server.listen(new ListenAddress.Unix(folder.resolve("socket")));
        assertThat(folder.resolve("socket")).exists();
    }

    @Test
    void endsWorkThatNobodyWaitsFor() throws Exception {
        SlowStore slow = new SlowStore();
        try (TestServer other = new TestServer(root.resolve("other"), Limits.DEFAULT, true, slow)) {
            RawClient client = other.connect().greet();
            client.ask(23);
            slow.started.await();
            client.close();
            slow.interrupted.await();
        }
    }

    @Test
    void restsWhileClientsOnlyWaitAndThenStillNoticesThatOneGoes() throws Exception {
        SlowStore slow = new SlowStore();
        try (TestServer other = new TestServer(root.resolve("other"), Limits.DEFAULT, true, slow);
                RawClient client = other.connect().greet()) {
            while (patrols().anyMatch(patrol -> patrol.getState() != Thread.State.WAITING)) {
                Thread.sleep(10);
            }
            client.ask(23);
            slow.started.await();
            client.channel.close();
            slow.interrupted.await();
        }
    }

    private static Stream<Thread> patrols() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("patrol"));
    }

    @Test
    void endsWorkWhenItEnds() throws Exception {
        SlowStore slow = new SlowStore();
        TestServer other = new TestServer(root.resolve("other"), Limits.DEFAULT, true, slow);
        try (RawClient client = other.connect().greet()) {
            client.ask(23);
            slow.started.await();
            other.close();
            slow.interrupted.await();
            assertThat(client.isEnded()).isTrue();
        }
        assertThat(other.server.connections()).isZero();
    }

    @Test
    void endsTheConnectionOfClientsThatTalkWhileItWorks() throws Exception {
        SlowStore slow = new SlowStore();
        try (TestServer other = new TestServer(root.resolve("other"), Limits.DEFAULT, true, slow);
                RawClient client = other.connect().greet()) {
            client.ask(23);
            slow.started.await();
            client.ask(1, HELLO);
            assertThatThrownBy(client::awaitLast).hasMessage("EOF expected (protocol error?)");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void closesTheDoorToWhatIsNoClient() throws IOException {
        try (RawClient client = server.connect()) {
            client.out.writeLong(Handshake.SERVER_MAGIC);
            client.out.flush();
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void keepsSettingsOfTheUntrustedFromDoingAnything() throws IOException {
        try (RawClient client = server.connect().greet()) {
            client.setOptions(0, List.of(Map.entry("build-max-jobs", "2"), Map.entry("locale", "C")));
            assertThatThrownBy(() -> client.setOptions(0, List.of(Map.entry("build-max-jobs", "many"))))
                    .hasMessage("configuration setting `build-max-jobs' should have an integer value");
            assertThat(client.isEnded()).isTrue();
        }
    }

    static String addHello(RawClient client) throws IOException {
        return addText(client, "hello.txt", "Hello, world!\n");
    }

    static String addText(RawClient client, String name, String text) throws IOException {
        client.request(8).writeText(name);
        client.out.writeText(text);
        client.out.writeTexts(List.of());
        client.out.flush();
        return client.awaitLast().readStoreName(StoreDirectory.GNU);
    }
}
