// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bridge.server.ServerException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebServerTest {
    private static final String TEXT = "0123456789";
    private static final Instant TIME = Instant.parse("1994-11-06T08:49:37.5Z");
    private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";

    @TempDir
    private Path folder = Path.of("/");

    private final AtomicInteger closed = new AtomicInteger();
    private final CountDownLatch atWork = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private WebServer server;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("file"), TEXT.repeat(100_000));
        server = listen(WebLimits.DEFAULT);
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        server.close();
    }

    private WebServer listen(WebLimits limits) throws Exception {
        return WebServer.listen("127.0.0.1", 0, this::answer, limits);
    }

    private WebResponse answer(WebRequest request) {
        return switch (request.path()) {
            case "/text" -> WebResponse.of(200, "text/plain", Body.Octets.text(TEXT))
                    .with("Cache-Control", "max-age=1")
                    .tagged("\"tag\"")
                    .modified(TIME)
                    .inParts();
            case "/file" -> file();
            case "/sized" -> streamed(OptionalLong.of(TEXT.length()), TEXT);
            case "/short" -> streamed(OptionalLong.of(TEXT.length() + 1), TEXT);
            case "/open" -> streamed(OptionalLong.empty(), TEXT);
            case "/endless" -> streamed(OptionalLong.empty(), "");
            case "/broken" -> streamed(OptionalLong.empty(), "broken");
            case "/defect" -> throw new IllegalStateException("a defect, as the test wants it");
            case "/slow" -> slow();
            default -> WebResponse.of(404, "text/plain", Body.Octets.text(request.path()));
        };
    }

    private WebResponse file() {
        try {
            Path file = folder.resolve("file");
            return WebResponse.of(
                            200,
                            "application/octet-stream",
                            new Body.OpenFile(FileChannel.open(file), Files.size(file)))
                    .inParts();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private WebResponse slow() {
        try {
            atWork.countDown();
            goOn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return WebResponse.of(200, "text/plain", Body.Octets.text("slow"));
    }

    private WebResponse streamed(OptionalLong length, String text) {
        return WebResponse.of(200, "text/plain", new Body.Streamed(length, new Body.Source() {
                    @Override
                    public void writeTo(OutputStream out) throws IOException {
                        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
                        for (byte octet : octets) {
                            out.write(octet);
                        }
                        while (text.isEmpty()) {
                            out.write(new byte[1 << 16]);
                        }
                        if (text.equals("broken")) {
                            throw new IOException("it cannot be read any more");
                        }
                    }

                    @Override
                    public void close() {
                        closed.incrementAndGet();
                    }
                }))
                .inParts();
    }

    private WebClient.Answer get(String path, String... fields) throws IOException {
        return WebClient.get(server.port(), path, fields);
    }

    @Test
    void answersManyRequestsOverOneConnection() throws Exception {
        try (WebClient client = new WebClient(server.port())) {
            for (int i = 0; i < 3; i++) {
                WebClient.Answer answer = client.request("GET", "/text?query");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.text()).isEqualTo(TEXT);
                assertThat(answer.fields().keySet()).containsExactly(
                        "date", "content-type", "cache-control", "etag", "last-modified", "accept-ranges",
                        "content-length");
            }
            client.send("GET /one HTTP/1.1\r\n\r\nGET /two HTTP/1.1\nConnection: close\n\n");
            assertThat(client.answer(false).text()).isEqualTo("/one");
            assertThat(client.answer(false).field("Connection")).contains("close");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void sendsHeadsAlone() throws Exception {
        try (WebClient client = new WebClient(server.port())) {
            WebClient.Answer head = client.request("HEAD", "/text");
            assertThat(head.field("Content-Length")).contains("10");
            assertThat(client.request("HEAD", "/file").field("Content-Length")).contains("1000000");
            assertThat(client.request("GET", "/text").text()).isEqualTo(TEXT);
        }
    }

    @Test
    void sendsNothingAgainThatTheClientHas() throws Exception {
        for (String field : List.of(
                "If-None-Match: \"tag\"", "If-None-Match: W/\"tag\"", "If-None-Match: \"other\", \"tag\"",
                "If-None-Match: *", "If-Modified-Since: " + DATE)) {
            WebClient.Answer answer = get("/text", field);
            assertThat(answer.status()).as(field).isEqualTo(304);
            assertThat(answer.fields()).doesNotContainKeys("content-length", "content-type");
            assertThat(answer.field("ETag")).contains("\"tag\"");
            assertThat(answer.field("Cache-Control")).contains("max-age=1");
        }
        for (String field : List.of(
                "If-None-Match: \"other\"", "If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT",
                "If-Modified-Since: yesterday", "If-None-Match: \"other\"\r\nIf-Modified-Since: " + DATE)) {
            assertThat(get("/text", field).status()).as(field).isEqualTo(200);
        }
    }

    @Test
    void sendsParts() throws Exception {
        for (String path : List.of("/text", "/sized")) {
            assertThat(part(path, "bytes=0-3")).isEqualTo("206 bytes 0-3/10 0123");
            assertThat(part(path, "bytes=8-")).isEqualTo("206 bytes 8-9/10 89");
            assertThat(part(path, "bytes=-1")).isEqualTo("206 bytes 9-9/10 9");
            assertThat(part(path, "bytes=-100")).isEqualTo("206 bytes 0-9/10 0123456789");
            assertThat(part(path, "bytes=5-1000")).isEqualTo("206 bytes 5-9/10 56789");
            assertThat(part(path, "bytes=10-")).isEqualTo("416 bytes */10 ");
            assertThat(part(path, "bytes=-0")).isEqualTo("416 bytes */10 ");
            for (String other : List.of("bytes=3-1", "bytes=-", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b")) {
                assertThat(part(path, other)).isEqualTo("200 - 0123456789");
            }
        }
        WebClient.Answer end = get("/file", "Range: bytes=999995-");
        assertThat(end.text()).isEqualTo("56789");
        assertThat(get("/text", "Range: bytes=0-0", "If-Range: \"tag\"").status()).isEqualTo(206);
        assertThat(get("/text", "Range: bytes=0-0", "If-Range: " + DATE).status()).isEqualTo(206);
        assertThat(get("/text", "Range: bytes=0-0", "If-Range: \"old\"").status()).isEqualTo(200);
        assertThat(get("/open", "Range: bytes=0-0").text()).isEqualTo(TEXT);
    }

    private String part(String path, String range) throws IOException {
        WebClient.Answer answer = get(path, "Range: " + range);
        return answer.status() + " " + answer.field("Content-Range").orElse("-") + " " + answer.text();
    }

    @Test
    void endsTheConnectionWhereNobodyKnowsTheLength() throws Exception {
        WebClient.Answer answer = get("/open");
        assertThat(answer.field("Content-Length")).isEmpty();
        assertThat(answer.field("Connection")).contains("close");
        assertThat(answer.text()).isEqualTo(TEXT);
        assertThat(get("/file").body()).hasSize(1_000_000);
    }

    @Test
    void breaksTheConnectionWhenAnAnswerCannotBeCompleted() {
        for (String path : List.of("/broken", "/short", "/defect")) {
            assertThatThrownBy(() -> get(path)).as(path).isInstanceOf(IOException.class);
        }
    }

    @Test
    void closesWhatItSends() throws Exception {
        get("/open");
        get("/sized", "Range: bytes=0-1");
        get("/sized", "Range: bytes=100-");
        WebClient.ask(server.port(), "HEAD", "/open");
        assertThatThrownBy(() -> get("/broken")).isInstanceOf(IOException.class);
        while (closed.get() < 5) {
            Thread.sleep(5);
        }
    }

    @Test
    void saysWhatIsWrongWithRequests() throws Exception {
        String long1 = "x".repeat(10_000);
        for (String request : List.of(
                "400 GET /", "400 GET / / HTTP/1.1", "400 G(T / HTTP/1.1", "400 GET text HTTP/1.1",
                "400 GET / HTTP/1.1\r\nno field", "400 GET / HTTP/1.1\r\n folded: 1", "400 GET / HTTP/1.1\r\nb ad: 1",
                "400 GET /\u0001 HTTP/1.1", "505 GET / HTTP/2.0", "431 GET /" + long1 + " HTTP/1.1",
                "431 GET / HTTP/1.1\r\nx: " + long1,
                "431 GET / HTTP/1.1" + "\r\na: b".repeat(200))) {
            try (WebClient client = new WebClient(server.port())) {
                client.send(request.substring(4) + "\r\n\r\n");
                assertThat(client.answer(false).status())
                        .as(request.substring(0, Math.min(40, request.length())))
                        .isEqualTo(Integer.parseInt(request.substring(0, 3)));
                assertThat(client.isAtEnd()).isTrue();
            }
        }
    }

    @Test
    void answersClientsThatSendMoreThanItReads() throws Exception {
        try (WebClient client = new WebClient(server.port())) {
            client.send("POST /post HTTP/1.1\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000));
            assertThat(client.answer(false).text()).isEqualTo("/post");
        }
        try (WebClient client = new WebClient(server.port())) {
            client.send("GET http://localhost/proxied HTTP/1.0\r\n\r\n");
            assertThat(client.answer(false).text()).isEqualTo("/proxied");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void cutsOffClientsThatStall() throws Exception {
        // Long enough for the clients below to say what they say before that.
        Duration soon = Duration.ofSeconds(1);
        try (WebServer hasty = listen(new WebLimits(10, soon, soon, soon, soon))) {
            try (WebClient idle = new WebClient(hasty.port());
                    WebClient slow = new WebClient(hasty.port());
                    WebClient greedy = WebClient.withLittleRoom(hasty.port())) {
                slow.send("GET / HTT");
                greedy.send("GET /endless HTTP/1.1\r\n\r\n");
                assertThat(idle.isAtEnd()).isTrue();
                assertThat(slow.isAtEnd()).isTrue();
                while (hasty.connections() > 0) {
                    Thread.sleep(10);
                }
            }
        }
        assertThat(closed).hasValue(1);
    }

    @Test
    void makesRoomForNewClients() throws Exception {
        Duration later = Duration.ofSeconds(60);
        try (WebServer small = listen(new WebLimits(2, later, later, later, Duration.ofSeconds(1)));
                WebClient first = new WebClient(small.port());
                WebClient second = new WebClient(small.port())) {
            first.request("GET", "/text");
            awaitIdle(small, 1);
            second.request("GET", "/text");
            awaitIdle(small, 2);
            try (WebClient third = new WebClient(small.port())) {
                assertThat(third.request("GET", "/text").text()).isEqualTo(TEXT);
                assertThat(first.isAtEnd()).isTrue();
                assertThat(second.request("GET", "/text").text()).isEqualTo(TEXT);
            }
        }
    }

    /** A client has its answer a moment before the server waits for what it asks next. */
    private static void awaitIdle(WebServer server, int connections) throws InterruptedException {
        while (server.idle().count() < connections) {
            Thread.sleep(1);
        }
    }

    @Test
    void completesAnswersWhenItEnds() throws Exception {
        try (WebClient busy = new WebClient(server.port()); WebClient idle = new WebClient(server.port())) {
            idle.request("GET", "/text");
            busy.send("GET /slow HTTP/1.1\r\n\r\n");
            atWork.await();
            awaitIdle(server, 1);
            Thread ending = Thread.ofPlatform().start(server::close);
            assertThat(idle.isAtEnd()).isTrue();
            goOn.countDown();
            WebClient.Answer answer = busy.answer(false);
            assertThat(answer.text()).isEqualTo("slow");
            assertThat(answer.field("Connection")).contains("close");
            ending.join();
        }
        assertThatThrownBy(() -> get("/text")).isInstanceOf(IOException.class);
    }

    @Test
    void servesManyClientsAtOnce() throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(50)) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                answers.add(clients.submit(() -> get("/file").body().length));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(1_000_000);
            }
        }
    }

    @Test
    void saysWhyItCannotListen() {
        assertThatThrownBy(() -> WebServer.listen("127.0.0.1", server.port(), this::answer, WebLimits.DEFAULT))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("port " + port());
        assertThatThrownBy(() -> WebServer.listen("no host", 0, this::answer, WebLimits.DEFAULT))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("no such host");
    }

    private int port() {
        try {
            return server.port();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
