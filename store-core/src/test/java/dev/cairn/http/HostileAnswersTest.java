// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done with answers that no honest server gives, octet by octet. */
class HostileAnswersTest {
    private static final Patience SHORT = new Patience(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), 1, Duration.ofMillis(1));
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final Fetcher fetcher = new Fetcher(Proxies.NONE, SHORT);
    private final BatchFetcher batches = new BatchFetcher(Proxies.NONE, SHORT, Duration.ofSeconds(60));
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket listener;

    /** What is sent after each question, the first one being number 0; with that, a connection ends if it says so. */
    private volatile IntFunction<String> answers = _ -> "";

    @BeforeEach
    void serve() throws Exception {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        AtomicInteger questions = new AtomicInteger();
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket socket = listener.accept();
                    open.add(socket);
                    connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> answer(socket, questions));
                }
            } catch (IOException _) {
                // The test is over.
            }
        });
    }

    private void answer(Socket socket, AtomicInteger questions) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (isAsked(in)) {
                String text = answers.apply(questions.getAndIncrement());
                socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                if (text.contains("Connection: close")) {
                    return;
                }
            }
        } catch (IOException _) {
            // The client went.
        }
    }

    private static boolean isAsked(InputStream in) throws IOException {
        int ends = 0;
        for (int c = in.read(); c >= 0; c = in.read()) {
            ends = c == '\n' ? ends + 1 : c == '\r' ? ends : 0;
            if (ends == 2) {
                return true;
            }
        }
        return false;
    }

    @AfterEach
    void end() throws Exception {
        fetcher.close();
        batches.close();
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private URI address(String name) {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/" + name);
    }

    private String fetch(String name) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        fetcher.fetch(
                FetchRequest.of(address(name)), out, new Activities(_ -> {}).start(Event.Kind.DOWNLOAD, "a file"));
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Content-Length: 3\r\nContent-Length: 9\r\n",
        "Transfer-Encoding: gzip\r\nContent-Length: 3\r\n",
        "Transfer-Encoding: chunked, gzip\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 3\r\nETag: \"a\u0001b\"\r\n",
        "Content-Length: 3\r\nX: \u0000\r\n"
    })
    void refusesHeadsThatTwoCouldReadInTwoWays(String headers) throws Exception {
        answers = _ -> OK + headers + "\r\nabc";
        assertThatThrownBy(() -> fetch("x")).isInstanceOf(FetchException.class);
        BatchFetcher.Result result = batches.fetch(List.of(address("x")), 100);
        assertThat(result.replies()).isEmpty();
        assertThat(result.problem()).isPresent();
    }

    @Test
    void takesChunksRatherThanALengthAndThenAnotherConnection() throws Exception {
        answers = _ -> OK + "Content-Length: 8\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        assertThat(fetch("x")).isEqualTo("abc");
        assertThat(fetch("x")).isEqualTo("abc");
        assertThat(connections).hasValue(2);
        assertThat(batches.fetch(List.of(address("x")), 100).replies()).hasSize(1);
        assertThat(batches.fetch(List.of(address("x")), 100).replies()).hasSize(1);
        assertThat(connections).hasValue(4);
    }

    @Test
    void boundsHeads() throws Exception {
        String header = "A: " + "x".repeat(8000) + "\r\n";
        answers = _ -> OK + "Content-Length: 1\r\n" + header.repeat(7) + "\r\nx";
        assertThat(fetch("x")).isEqualTo("x");
        answers = _ -> OK + "Content-Length: 1\r\n" + header.repeat(9) + "\r\nx";
        assertThatThrownBy(() -> fetch("x")).isInstanceOf(FetchException.class);
        answers = _ -> OK + "Content-Length: 1\r\n" + "A: b\r\n".repeat(1000) + "\r\nx";
        assertThatThrownBy(() -> fetch("x")).isInstanceOf(FetchException.class);
    }

    @Test
    void boundsWhatAllHeadsTogetherHold() throws Exception {
        answers = number -> {
            StringBuilder headers = new StringBuilder();
            for (int i = 0; i < 6; i++) {
                headers.append("H-").append(i).append(": ").append("x".repeat(10_000)).append("\r\n");
            }
            return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n" + headers + "\r\n";
        };
        List<URI> addresses = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            addresses.add(address("x" + i));
        }
        BatchFetcher.Result result = batches.fetch(addresses, 100);
        assertThat(result.problem().orElseThrow().kind()).isEqualTo(FetchException.Kind.TOO_LARGE);
        assertThat(result.replies()).hasSizeLessThan(500);
    }

    @Test
    void takesNothingForAnAnswerThatCameBeforeTheQuestion() throws Exception {
        String stray = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n";
        answers = _ -> OK + "Content-Length: 3\r\n\r\nabc" + stray;
        for (int i = 0; i < 3; i++) {
            assertThat(fetch("x")).isEqualTo("abc");
            BatchReply reply = batches.fetch(List.of(address("x")), 100).replies().get(address("x"));
            assertThat(reply.status()).isEqualTo(200);
        }
        assertThat(connections).hasValue(6);
    }

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        answers = _ -> {
            asked.countDown();
            return OK + "Content-Length: 3\r\n\r\na";
        };
        Patience patient = new Patience(
                Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), 2, Duration.ofMillis(1));
        Fetcher one = new Fetcher(Proxies.NONE, patient);
        BatchFetcher other = new BatchFetcher(Proxies.NONE, patient, Duration.ofHours(1));
        Activities.Activity activity = new Activities(_ -> {}).start(Event.Kind.DOWNLOAD, "a file");
        Thread single = Thread.ofVirtual().start(() -> {
            try {
                one.fetch(FetchRequest.of(address("x")), new ByteArrayOutputStream(), activity);
            } catch (FetchException | IOException _) {
                // That is what closing does.
            }
        });
        Thread batch = Thread.ofVirtual().start(() -> {
            try {
                other.fetch(List.of(address("x")), 100);
            } catch (IOException _) {
                // Not interrupted.
            }
        });
        asked.await();
        one.close();
        other.close();
        assertThat(single.join(Duration.ofSeconds(20))).isTrue();
        assertThat(batch.join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void whatHalfCameIsNotUnchanged(@TempDir Path folder) throws Exception {
        answers = number -> number == 0
                ? OK + "Content-Length: 9\r\nETag: \"1\"\r\nConnection: close\r\n\r\nabc"
                : "HTTP/1.1 304 Not Modified\r\n\r\n";
        Patience twice = new Patience(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), 2, Duration.ofMillis(1));
        try (Fetcher again = new Fetcher(Proxies.NONE, twice)) {
            FetchRequest request = FetchRequest.of(address("x")).ifChangedSince(Instant.EPOCH);
            Activities.Activity activity = new Activities(_ -> {}).start(Event.Kind.DOWNLOAD, "a file");
            assertThatThrownBy(() -> again.fetch(request, folder.resolve("file"), activity))
                    .isInstanceOf(FetchException.class)
                    .hasMessageContaining("304");
        }
    }

    @Test
    void boundsWhatIsReadToDecompressNothing() {
        // A name of the file that does not end, then blocks that hold nothing.
        for (String nothing : List.of("\u0008x" + "x".repeat(1 << 18), "\0" + "\0\0\0\u00ff\u00ff".repeat(1 << 16))) {
            char flags = nothing.charAt(0);
            answers = _ -> OK + "Content-Encoding: gzip\r\n\r\n\u001f\u008b\u0008" + flags + "\0\0\0\0\0\0"
                    + nothing.substring(1);
            try (ServiceClient client = new ServiceClient(Proxies.NONE, SHORT, "*/*")) {
                assertThatThrownBy(() -> client.get(address("x"), 1000, (_, _, body) -> body.read()))
                        .isInstanceOfSatisfying(
                                FetchException.class,
                                e -> assertThat(e.kind()).isEqualTo(FetchException.Kind.TOO_LARGE));
            }
        }
    }
}
