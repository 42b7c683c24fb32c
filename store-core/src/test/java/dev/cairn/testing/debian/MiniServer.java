// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing.debian;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves a folder by HTTP on the loopback interface, with ETag, Last-Modified, conditional requests and ranges. It
 * keeps a list of what was asked for, and can be told to misbehave for single files. Names are relative to the folder,
 * such as {@code dists/bookworm/InRelease}.
 */
public final class MiniServer implements AutoCloseable {
    static {
        // Else every small answer on a kept connection waits for an acknowledgement that comes 40 ms later.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** Something asked for. @param range the header's value, such as {@code bytes=100-} */
    public record Request(String name, Optional<String> range, int status) {}

    /** How a file is answered. */
    private sealed interface Manner {
        /** With this status and no body. */
        record Status(int code) implements Manner {}

        /** Only to who knows these, base 64 of {@code NAME:PASSWORD}. */
        record Demand(String credentials) implements Manner {}

        /** Somewhere else. */
        record Redirect(String address) implements Manner {}

        /** The connection ends after some octets, the first time. */
        record Cut(int octets) implements Manner {}

        /** Some octets, then nothing, without an end. */
        record Stall(int octets) implements Manner {}
    }

    private final Path folder;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Manner> manners = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Starts serving on a free port. */
    public MiniServer(Path folder) throws IOException {
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** The folder's address, ending with a slash. */
    public URI address() {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/");
    }

    /** Everything asked for so far, in order. */
    public List<Request> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** Names of everything asked for so far. */
    public List<String> names() {
        return requests().stream().map(Request::name).toList();
    }

    /** Forgets what was asked for. */
    public void forget() {
        requests.clear();
    }

    /** Answers with a status such as 404 or 503. */
    public MiniServer answer(String name, int status) {
        manners.put(name, new Manner.Status(status));
        return this;
    }

    /** Answers 401 unless this name and password come with the request. */
    public MiniServer demand(String name, String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        manners.put(name, new Manner.Demand(Base64.getEncoder().encodeToString(both)));
        return this;
    }

    /** Points elsewhere. */
    public MiniServer redirect(String name, String address) {
        manners.put(name, new Manner.Redirect(address));
        return this;
    }

    /** Cuts the connection after some octets when the file is next asked for. */
    public MiniServer cutOnce(String name, int octets) {
        manners.put(name, new Manner.Cut(octets));
        return this;
    }

    /** Sends some octets and then no more, until the server is closed. */
    public MiniServer stall(String name, int octets) {
        manners.put(name, new Manner.Stall(octets));
        return this;
    }

    /** Serves a file as it should be again. */
    public MiniServer behave(String name) {
        manners.remove(name);
        return this;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring(1);
        Optional<Manner> manner = Optional.ofNullable(manners.get(name));
        switch (manner.orElse(null)) {
            case Manner.Status(int code) -> end(exchange, name, code);
            case Manner.Demand(String credentials) -> {
                if (header(exchange, "Authorization").filter(("Basic " + credentials)::equals).isPresent()) {
                    serve(exchange, name, Integer.MAX_VALUE);
                    exchange.close();
                } else {
                    exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"archive\"");
                    end(exchange, name, 401);
                }
            }
            case Manner.Redirect(String address) -> {
                exchange.getResponseHeaders().set("Location", address);
                end(exchange, name, 302);
            }
            case Manner.Cut(int octets) -> {
                manners.remove(name);
                serve(exchange, name, octets);
                throw new IOException("cut");
            }
            case Manner.Stall(int octets) -> {
                serve(exchange, name, octets);
                awaitClose();
            }
            case null -> {
                serve(exchange, name, Integer.MAX_VALUE);
                exchange.close();
            }
        }
    }

    /** Sends no more than some octets of the body; the head tells the whole length. */
    private void serve(HttpExchange exchange, String name, int limit) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
            end(exchange, name, 404);
            return;
        }
        byte[] contents = Files.readAllBytes(file);
        Instant changed = Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS);
        String modified = DateTimeFormatter.RFC_1123_DATE_TIME.format(changed.atOffset(ZoneOffset.UTC));
        String tag = '"' + SuiteWriter.digest("SHA-256", contents).substring(0, 16) + '"';
        exchange.getResponseHeaders().set("ETag", tag);
        exchange.getResponseHeaders().set("Last-Modified", modified);
        if (header(exchange, "If-None-Match").filter(tag::equals).isPresent()
                || header(exchange, "If-Modified-Since").filter(modified::equals).isPresent()) {
            end(exchange, name, 304);
            return;
        }
        Optional<String> range = header(exchange, "Range").filter(_ -> header(exchange, "If-Range")
                .map(condition -> condition.equals(tag) || condition.equals(modified))
                .orElse(true));
        int from = range.map(r -> Integer.parseInt(r.substring(r.indexOf('=') + 1, r.indexOf('-')))).orElse(0);
        if (range.isPresent()) {
            exchange.getResponseHeaders().set(
                    "Content-Range", "bytes " + from + "-" + (contents.length - 1) + "/" + contents.length);
        }
        note(exchange, name, range.isPresent() ? 206 : 200);
        byte[] body = Arrays.copyOfRange(contents, from, contents.length);
        exchange.sendResponseHeaders(range.isPresent() ? 206 : 200, body.length == 0 ? -1 : body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, Math.min(limit, body.length));
        out.flush();
    }

    private void end(HttpExchange exchange, String name, int status) throws IOException {
        note(exchange, name, status);
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void note(HttpExchange exchange, String name, int status) {
        requests.add(new Request(name, header(exchange, "Range"), status));
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }
}
