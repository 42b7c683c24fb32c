// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.testing.CacheServer;
import dev.cairn.testing.CacheServer.End;
import dev.cairn.testing.CacheServer.Reply;
import dev.cairn.testing.Sockets;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchFetcherTest {
    private static final Patience LONG = patience(Duration.ofSeconds(30));
    private static final int LIMIT = 1000;

    @TempDir
    private Path folder;

    private CacheServer server;
    private BatchFetcher fetcher;

    @BeforeEach
    void serve() throws Exception {
        for (int i = 0; i < 300; i++) {
            Files.writeString(folder.resolve("file" + i), "contents " + i);
        }
        server = CacheServer.serving(folder);
        fetcher = new BatchFetcher(Proxies.NONE, LONG, Duration.ofSeconds(60));
    }

    @AfterEach
    void end() throws Exception {
        fetcher.close();
        server.close();
    }

    private static Patience patience(Duration time) {
        return new Patience(time, time, time, 2, Duration.ofMillis(10));
    }

    private List<URI> addresses(int number) {
        List<URI> addresses = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            addresses.add(address("file" + i));
        }
        return addresses;
    }

    private URI address(String name) {
        return URI.create(server.url() + "/" + name);
    }

    private void checkAll(BatchFetcher.Result result, int number) {
        assertThat(result.problem()).isEmpty();
        assertThat(result.replies()).hasSize(number);
        for (int i = 0; i < number; i++) {
            assertThat(text(result, "file" + i)).isEqualTo("contents " + i);
        }
    }

    private String text(BatchFetcher.Result result, String name) {
        byte[] body = result.replies().get(address(name)).body().orElseThrow();
        return new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void asksForHundredsOverFewConnections() throws Exception {
        checkAll(fetcher.fetch(addresses(300), LIMIT), 300);
        assertThat(server.connections()).isLessThanOrEqualTo(8);
        assertThat(server.requests()).hasSize(300);
        checkAll(fetcher.fetch(addresses(20), LIMIT), 20);
        assertThat(server.connections()).as("connections are used again").isLessThanOrEqualTo(8);
    }

    @Test
    void asksOnBeforeTheFirstAnswerComes() throws Exception {
        server.latency(Duration.ofMillis(300));
        checkAll(fetcher.fetch(addresses(300), LIMIT), 300);
        assertThat(server.mostWaiting()).isGreaterThan(8);
    }

    @Test
    void goesOnWhereAServerEndsConnections() throws Exception {
        server.requestsPerConnection(7);
        checkAll(fetcher.fetch(addresses(100), LIMIT), 100);
    }

    @Test
    void takesServersThatAnswerOnceAConnection() throws Exception {
        server.requestsPerConnection(1);
        checkAll(fetcher.fetch(addresses(30), LIMIT), 30);
    }

    @Test
    void takesBodiesWithoutLength() throws Exception {
        server.when("file3", reply -> reply.with("Content-Length", ""));
        checkAll(fetcher.fetch(addresses(40), LIMIT), 40);
    }

    @Test
    void takesBodiesInChunks() throws Exception {
        server.when("file", reply -> reply.edited(text -> "4;x=y\r\n" + text.substring(0, 4) + "\r\n"
                        + Integer.toHexString(text.length() - 4) + "\r\n" + text.substring(4) + "\r\n0\r\nA: b\r\n\r\n")
                .with("Content-Length", "")
                .with("Transfer-Encoding", "chunked")
                .with("Connection", "keep-alive"));
        checkAll(fetcher.fetch(addresses(5), LIMIT), 5);
    }

    @Test
    void tellsWhatServersSay() throws Exception {
        server.when("file1", reply -> Reply.of(500, "no").with("Retry-After", "5"));
        BatchFetcher.Result result = fetcher.fetch(List.of(address("file1"), address("none")), LIMIT);
        assertThat(result.replies().get(address("file1")).status()).isEqualTo(500);
        assertThat(result.replies().get(address("file1")).header("retry-after")).contains("5");
        assertThat(result.replies().get(address("none")).status()).isEqualTo(404);
    }

    @Test
    void oneBadFileSpoilsNoOther() throws Exception {
        server.when("file5", reply -> reply.ending(End.CUT, 3));
        server.when("file6", reply -> reply.ending(End.RESET, 0));
        server.when("file7", reply -> reply.edited(text -> "x".repeat(LIMIT + 1)));
        server.when("file8", reply -> reply.edited(text -> "x".repeat(2 * LIMIT)).with("Content-Length", ""));
        BatchFetcher.Result result = fetcher.fetch(addresses(10), LIMIT);
        assertThat(result.problem()).isPresent();
        assertThat(result.replies()).doesNotContainKeys(address("file5"), address("file6")).hasSize(8);
        assertThat(result.replies().get(address("file7")).body()).isEmpty();
        assertThat(result.replies().get(address("file8")).body()).isEmpty();
        assertThat(text(result, "file9")).isEqualTo("contents 9");
    }

    @Test
    void followsRedirects() throws Exception {
        try (CacheServer other = CacheServer.serving(folder)) {
            server.when("file", reply -> Reply.of(302, "").with("Location", other.url() + "/file2"));
            server.when("loop", reply -> Reply.of(301, "").with("Location", "/loop"));
            BatchFetcher.Result result = fetcher.fetch(
                    List.of(address("file1"), address("file2"), address("loop")), LIMIT);
            assertThat(text(result, "file1")).isEqualTo("contents 2");
            assertThat(text(result, "file2")).isEqualTo("contents 2");
            assertThat(result.replies().get(address("loop")).status()).isEqualTo(301);
            assertThat(other.requests()).hasSize(1);
        }
    }

    @Test
    void whereItIsPointedToTakesNoFurtherTime() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        List<ServerSocket> silent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ServerSocket one = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            silent.add(one);
            String there = "http://127.0.0.1:" + one.getLocalPort() + "/x";
            server.when("file" + i, reply -> Reply.of(302, "").with("Location", there));
            Thread.ofVirtual().start(() -> {
                try (Socket socket = one.accept()) {
                    asked.incrementAndGet();
                    socket.getInputStream().readAllBytes();
                } catch (IOException _) {
                    // The client went.
                }
            });
        }
        try (BatchFetcher hasty = new BatchFetcher(Proxies.NONE, LONG, Duration.ofSeconds(2))) {
            BatchFetcher.Result result = hasty.fetch(addresses(4), LIMIT);
            assertThat(result.problem().orElseThrow().reason()).contains("not all is answered after 2 s");
            assertThat(asked).hasValue(1);
        } finally {
            for (ServerSocket one : silent) {
                one.close();
            }
        }
    }

    @Test
    void pointsNowhereThatIsNotOfTheWeb() throws Exception {
        server.when("file1", reply -> Reply.of(302, "").with("Location", "file:///etc/passwd"));
        server.when("file2", reply -> Reply.of(302, "").with("Location", "http://[broken"));
        BatchFetcher.Result result = fetcher.fetch(addresses(3), LIMIT);
        assertThat(result.replies().get(address("file1")).status()).isEqualTo(302);
        assertThat(result.replies().get(address("file2")).status()).isEqualTo(302);
    }

    @Test
    void leavesNothingUnderWayAtAProxyWhenTimeIsUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                BatchFetcher proxied = new BatchFetcher(
                        Proxies.through(URI.create("http://127.0.0.1:" + silent.getLocalPort())),
                        LONG,
                        Duration.ofSeconds(1))) {
            BatchFetcher.Result result = proxied.fetch(List.of(URI.create("http://cache.example/x")), LIMIT);
            assertThat(result.problem()).isPresent();
            checkGivenUp(silent, "");
            // The same while the answer comes.
            CompletableFuture<Boolean> over = CompletableFuture.supplyAsync(() -> {
                try {
                    checkGivenUp(silent, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
                    return true;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(proxied.fetch(List.of(URI.create("http://cache.example/y")), LIMIT).replies()).isEmpty();
            assertThat(over.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Reads the question, says something and waits for the other end to go, which is not long. */
    private static void checkGivenUp(ServerSocket listener, String answer) throws IOException {
        try (Socket socket = listener.accept()) {
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(10_000);
            try {
                socket.getInputStream().readAllBytes();
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException _) {
                // Cut rather than ended.
                return;
            }
        }
    }

    @Test
    void asksThroughAProxy() throws Exception {
        BatchFetcher proxied = new BatchFetcher(
                Proxies.through(URI.create(server.url())), LONG, Duration.ofSeconds(60));
        try (proxied) {
            URI address = URI.create("http://cache.example/file7");
            BatchFetcher.Result result = proxied.fetch(List.of(address), LIMIT);
            assertThat(result.problem()).isEmpty();
            assertThat(result.replies().get(address).body()).isPresent();
            assertThat(server.requests()).containsExactly("http://cache.example/file7");
        }
    }

    @Test
    void saysThatThereIsNoServer() throws Exception {
        try (Socket silent = Sockets.withoutListener()) {
            List<URI> nowhere = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                nowhere.add(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/" + i));
            }
            BatchFetcher.Result result = fetcher.fetch(nowhere, LIMIT);
            assertThat(result.replies()).isEmpty();
            assertThat(result.problem().orElseThrow().kind()).isEqualTo(FetchException.Kind.UNREACHABLE);
        }
        BatchFetcher.Result unknown = fetcher.fetch(List.of(URI.create("http://host.invalid/x")), LIMIT);
        assertThat(unknown.problem().orElseThrow().reason()).contains("host is not known");
    }

    @Test
    void givesUpOnAServerThatStandsStill() throws Exception {
        server.when("file", reply -> reply.ending(End.STALL, 2));
        try (BatchFetcher hasty =
                new BatchFetcher(Proxies.NONE, patience(Duration.ofSeconds(1)), Duration.ofSeconds(60))) {
            BatchFetcher.Result result = hasty.fetch(addresses(100), LIMIT);
            assertThat(result.replies()).isEmpty();
            assertThat(result.problem().orElseThrow().reason()).contains("no answer within 1 s");
            assertThat(server.connections()).isLessThanOrEqualTo(8);
        }
    }

    @Test
    void givesUpOnAServerThatTrickles() throws Exception {
        server.when("file", reply -> reply.ending(End.STALL, 2));
        try (BatchFetcher hasty = new BatchFetcher(Proxies.NONE, LONG, Duration.ofSeconds(1))) {
            BatchFetcher.Result result = hasty.fetch(addresses(3), LIMIT);
            assertThat(result.problem().orElseThrow().reason()).contains("not all is answered after 1 s");
        }
    }

    @Test
    void givesUpOnAServerThatSpeaksSomethingElse() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        try (var socket = other.accept()) {
                            socket.getOutputStream().write("SSH-2.0-OpenSSH_9\r\n".repeat(9).getBytes());
                        }
                    }
                } catch (java.io.IOException _) {
                    // Closed.
                }
            });
            List<URI> addresses = List.of(URI.create("http://127.0.0.1:" + other.getLocalPort() + "/x"));
            BatchFetcher.Result result = fetcher.fetch(addresses, LIMIT);
            assertThat(result.replies()).isEmpty();
            assertThat(result.problem()).isPresent();
            BatchFetcher.Result secure = fetcher.fetch(
                    List.of(URI.create("https://127.0.0.1:" + other.getLocalPort() + "/x")), LIMIT);
            assertThat(secure.problem().orElseThrow().kind()).isEqualTo(FetchException.Kind.INSECURE);
        }
    }

    @Test
    void givesUpOnAServerThatTricklesBeforeThereIsASecret() throws Exception {
        Patience hasty = new Patience(
                Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofHours(1), 1, Duration.ofMillis(1));
        try (ServerSocket other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                BatchFetcher batch = new BatchFetcher(Proxies.NONE, hasty, Duration.ofSeconds(20))) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = other.accept()) {
                    // A record of 16384 octets begins.
                    socket.getOutputStream().write(new byte[] {22, 3, 3, 64, 0});
                    while (true) {
                        socket.getOutputStream().write(1);
                        Thread.sleep(20);
                    }
                } catch (IOException | InterruptedException _) {
                    // The client went.
                }
            });
            URI secure = URI.create("https://127.0.0.1:" + other.getLocalPort() + "/x");
            assertThat(batch.fetch(List.of(secure), LIMIT).problem().orElseThrow().reason())
                    .contains("no connection within 1 s");
        }
    }

    @Test
    void endsWhenInterrupted() throws Exception {
        server.when("file", reply -> reply.ending(End.STALL, 2));
        AtomicReference<Optional<Throwable>> end = new AtomicReference<>(Optional.empty());
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                fetcher.fetch(addresses(10), LIMIT);
            } catch (InterruptedIOException e) {
                end.set(Optional.of(e));
            }
        });
        while (server.requests().isEmpty()) {
            Thread.sleep(5);
        }
        thread.interrupt();
        thread.join();
        assertThat(end.get()).isPresent();
    }

    @Test
    void readsHeadersOfAnyCase() {
        BatchReply reply = new BatchReply(URI.create("http://a/"), 200, Map.of("cache-control", "x"), Optional.empty());
        assertThat(reply.header("Cache-Control")).contains("x");
        assertThatThrownBy(() -> reply.headers().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }
}
