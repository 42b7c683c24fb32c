// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bridge.wire.Handshake;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileClientsTest {
    private static final String HELLO = "/gnu/store/lnqjid21cvqw4c4kh7xnj2ikp2d0qfnb-hello.txt";
    private static final Limits SHORT = new Limits(500, 3, Duration.ofSeconds(1), Duration.ofSeconds(1));

    @TempDir
    private Path root;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(root);
    }

    @AfterEach
    void stillServesOthers() throws IOException {
        try (TestServer used = server;
                RawClient client = used.connect().greet()) {
            assertThat(client.ask(1, HELLO).awaitLast().readInt()).isZero();
        }
    }

    @Test
    void refusesStringsThatAreTooLong() throws IOException {
        try (RawClient client = server.connect().greet()) {
            client.request(1).writeInt(0xffff_ffffL);
            client.out.flush();
            assertRefused(client, "string is too long");
        }
    }

    @Test
    void refusesNumbersOfMoreThan32Bits() throws IOException {
        try (RawClient client = server.connect().greet()) {
            client.request(5).writeLong(-1);
            client.out.flush();
            assertRefused(client, "implementation cannot deal with > 32-bit integers");
        }
    }

    @Test
    void refusesPaddingThatIsNotZero() throws IOException {
        try (RawClient client = server.connect().greet()) {
            client.request(1).writeInt(1);
            client.out.writeLong(0x0100_0000_0000_0061L);
            client.out.flush();
            assertRefused(client, "non-zero padding");
        }
    }

    @Test
    void refusesListsThatAreTooLong() throws IOException {
        try (RawClient client = server.connect().greet()) {
            client.request(31).writeInt(0xffff_ffffL);
            client.out.flush();
            assertRefused(client, "list is too long");
        }
    }

    @Test
    void takesOnlySoMuchOfARequest() throws IOException {
        try (RawClient client = server.connect().greet()) {
            client.request(25).writeInt(1_000_000);
            byte[] name = new byte[60_000];
            // More than any request may have; the server stops reading before it is all sent.
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 2_000; i++) {
                            client.out.writeBytes(name);
                        }
                        client.out.flush();
                        client.awaitLast();
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void hangsUpOnNumbersThatNoOperationCanHave() throws IOException {
        try (RawClient client = server.connect().greet()) {
            client.ask(1L << 40);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void refusesOperationsThatThereAreNot() throws IOException {
        for (long operation : new long[] {0, 2, 17, 36, 47, 82, 99}) {
            try (RawClient client = server.connect().greet()) {
                client.ask(operation);
                assertRefused(client, "invalid operation " + operation);
            }
        }
    }

    @Test
    void refusesArchivesThatAreNone() throws IOException {
        try (RawClient client = server.connect().greet()) {
            client.request(7).writeText("tree");
            client.out.writeInt(1);
            client.out.writeInt(1);
            client.out.writeText("sha256");
            client.out.writeText("nix-archive-2");
            client.out.flush();
            assertThatThrownBy(client::awaitLast).hasMessageStartingWith("bad archive");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void refusesFilesOfImpossibleLength() throws IOException {
        try (RawClient client = server.connect().greet()) {
            client.request(7).writeText("tree");
            client.out.writeInt(1);
            client.out.writeInt(1);
            client.out.writeText("sha256");
            for (String token : new String[] {"nix-archive-1", "(", "type", "regular", "contents"}) {
                client.out.writeText(token);
            }
            client.out.writeLong(Long.MIN_VALUE);
            client.out.flush();
            assertThatThrownBy(client::awaitLast).hasMessageStartingWith("bad archive");
        }
    }

    @Test
    void outlivesClientsThatGoInTheMiddle() throws Exception {
        for (int i = 0; i < 20; i++) {
            RawClient client = server.connect().greet();
            client.request(8).writeText("name");
            client.out.writeInt(1000);
            client.out.flush();
            client.close();
        }
        awaitConnections(server, 0);
    }

    @Test
    void outlivesNoise() throws Exception {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            try (RawClient client = server.connect()) {
                if (random.nextBoolean()) {
                    client.greet();
                    client.out.writeLong(random.nextInt(90));
                }
                byte[] noise = new byte[random.nextInt(4096)];
                random.nextBytes(noise);
                for (int i = 0; i < noise.length && random.nextBoolean(); i += 8) {
                    // Small numbers get further.
                    Arrays.fill(noise, i, Math.min(noise.length, i + 8), (byte) 0);
                    noise[i] = (byte) random.nextInt(20);
                }
                client.out.writeRaw(noise, 0, noise.length);
                client.out.flush();
            } catch (IOException _) {
                // It was shown the door before it had said all.
            }
        }
        awaitConnections(server, 0);
    }

    @Test
    void breaksWithClientsThatDoNotIntroduceThemselves() throws Exception {
        try (TestServer strict = new TestServer(root.resolve("strict"), SHORT, true, daemon -> daemon);
                RawClient client = strict.connect()) {
            client.out.writeInt(Handshake.CLIENT_MAGIC);
            client.out.flush();
            client.in.readInt();
            client.in.readInt();
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void breaksWithClientsThatStopInARequest() throws Exception {
        try (TestServer strict = new TestServer(root.resolve("strict"), SHORT, true, daemon -> daemon);
                RawClient client = strict.connect().greet()) {
            client.request(1).writeInt(1000);
            client.out.flush();
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void breaksWithClientsThatMakeOthersWaitForALargeRequest() throws Exception {
        try (TestServer strict = new TestServer(root.resolve("strict"), SHORT, true, daemon -> daemon);
                RawClient client = strict.connect().greet()) {
            client.request(8).writeText("text");
            client.out.writeInt(10 << 20);
            client.out.flush();
            client.send(new byte[300 * 1024]);
            assertThatThrownBy(() -> {
                        while (true) {
                            client.send(new byte[1]);
                            Thread.sleep(50);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void letsClientsWaitBetweenRequests() throws Exception {
        try (TestServer strict = new TestServer(root.resolve("strict"), SHORT, true, daemon -> daemon);
                RawClient client = strict.connect().greet()) {
            Thread.sleep(2500);
            assertThat(client.ask(1, HELLO).awaitLast().readInt()).isZero();
        }
    }

    @Test
    void holdsOnlySoMuchForWhoDoesNotRead() throws Exception {
        Flood flood = new Flood(id -> new Event.Output(id, new byte[4096]));
        try (TestServer flooded = new TestServer(root.resolve("flooded"), Limits.DEFAULT, true, flood);
                RawClient client = flooded.connect().greet();
                RawClient other = flooded.connect().greet()) {
            client.ask(34);
            flood.awaitStandstill();
            assertThat(flood.told.get()).isLessThan(2000);
            assertThat(other.ask(1, HELLO).awaitLast().readInt()).isZero();
            client.channel.close();
            flood.ended.await();
        }
    }

    @Test
    void breaksWithClientsThatDoNotRead() throws Exception {
        Flood flood = new Flood(id -> new Event.Output(id, new byte[4096]));
        try (TestServer flooded = new TestServer(root.resolve("flooded"), SHORT, true, flood);
                RawClient client = flooded.connect().greet()) {
            client.ask(34);
            flood.ended.await();
            awaitConnections(flooded, 0);
        }
    }

    @Test
    void doesNotWaitForSlowReadersToTellThemOfItself() throws Exception {
        Flood flood = new Flood(id -> new Event.Message(id, Event.Verbosity.ERROR, "x".repeat(1000)));
        try (TestServer flooded = new TestServer(root.resolve("flooded"), Limits.DEFAULT, true, flood);
                RawClient client = flooded.connect().greet()) {
            client.ask(34);
            while (flood.told.get() < 100_000) {
                Thread.sleep(10);
            }
            flood.enough = true;
            client.awaitLast();
            assertThat(client.texts).anyMatch(text -> text.matches("note: [0-9]+ messages were left out.*\n"));
            assertThat(client.texts.size()).isLessThan(10_000);
        }
    }

    @Test
    void givesOneUserOnlySoManyConnections() throws Exception {
        try (TestServer strict = new TestServer(root.resolve("strict"), SHORT, true, daemon -> daemon)) {
            int port = strict.server.listen(new ListenAddress.Tcp("127.0.0.1", 0)).orElseThrow();
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
            try (RawClient one = RawClient.connect(address).greet();
                    RawClient _ = RawClient.connect(address).greet();
                    RawClient _ = RawClient.connect(address).greet();
                    RawClient four = RawClient.connect(address)) {
                assertThat(four.isEnded()).isTrue();
                assertThat(one.ask(1, HELLO).awaitLast().readInt()).isZero();
            }
        }
    }

    private static void assertRefused(RawClient client, String text) throws IOException {
        assertThatThrownBy(client::awaitLast).isInstanceOf(RawClient.Failure.class).hasMessage(text);
        assertThat(client.isEnded()).isTrue();
    }

    private static void awaitConnections(TestServer server, int number) throws InterruptedException {
        while (server.server.connections() != number) {
            Thread.sleep(10);
        }
    }

    /** Makes an event for an activity. */
    @FunctionalInterface
    private interface Source {
        Event event(long activity);
    }

    /** A store that tells no end of things when it is to link equal files. */
    private static final class Flood implements TestServer.Layer {
        final AtomicLong told = new AtomicLong();
        final CountDownLatch ended = new CountDownLatch(1);
        volatile boolean enough;
        private final Source source;

        Flood(Source source) {
            this.source = source;
        }

        @Override
        public Daemon over(Daemon daemon) {
            return (Daemon) Proxy.newProxyInstance(
                    Flood.class.getClassLoader(), new Class<?>[] {Daemon.class}, (_, method, arguments) -> {
                        if (method.getName().equals("optimise")) {
                            return tell((EventSink) arguments[0]);
                        }
                        try {
                            return method.invoke(daemon, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        private Object tell(EventSink sink) throws DaemonException {
            while (!enough) {
                sink.accept(source.event(1));
                told.incrementAndGet();
                if (Thread.currentThread().isInterrupted()) {
                    ended.countDown();
                    throw new DaemonException.Cancelled();
                }
            }
            return 0L;
        }

        void awaitStandstill() throws InterruptedException {
            long before = -1;
            while (told.get() == 0 || told.get() != before) {
                before = told.get();
                Thread.sleep(500);
            }
        }
    }
}
