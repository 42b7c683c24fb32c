// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A folder as a binary cache on the loopback interface, which can misbehave in all the ways that servers and networks
 * do: HTTP/1.1 with pipelining, ranges and keep-alive, spoken over plain sockets so that a test decides about each
 * octet. Ended by {@link #close}.
 */
public final class CacheServer implements AutoCloseable {
    private final Path folder;
    private final ServerSocket listener;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger mostWaiting = new AtomicInteger();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private volatile Duration latency = Duration.ZERO;
    private volatile int requestsPerConnection = Integer.MAX_VALUE;

    private record Rule(Predicate<Request> which, UnaryOperator<Reply> change) {}

    private record Due(Reply reply, boolean last, long time) {}

    /** What a client asked. @param headers by names in lower case */
    public record Request(String method, String path, Map<String, String> headers) {}

    /** How the sending of a body ends. */
    public enum End {
        /** As announced; the connection stays. */
        WHOLE,
        /** The connection is closed after {@link Reply#sent} octets. */
        CUT,
        /** The connection is reset after {@link Reply#sent} octets. */
        RESET,
        /** Nothing more comes after {@link Reply#sent} octets. */
        STALL,
        /** After {@link Reply#sent} octets, the rest comes one octet at a time, some fifty in a second. */
        TRICKLE
    }

    /**
     * What is answered.
     *
     * @param headers beside {@code Content-Length}, which is that of the body unless it is named here; an empty value
     *     leaves a header out
     * @param sent octets of the body that are sent, where it does not end as announced
     */
    public record Reply(int status, Map<String, String> headers, byte[] body, End end, int sent) {
        /** An answer with a text. */
        public static Reply of(int status, String body) {
            return new Reply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), End.WHOLE, 0);
        }

        /** The same with another header. */
        public Reply with(String name, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, body, end, sent);
        }

        /** The same with another body. */
        public Reply withBody(byte[] octets) {
            return new Reply(status, headers, octets, end, sent);
        }

        /** The same, its text changed. */
        public Reply edited(UnaryOperator<String> change) {
            String text = new String(body, StandardCharsets.ISO_8859_1);
            return withBody(change.apply(text).getBytes(StandardCharsets.ISO_8859_1));
        }

        /** The same, ending another way after so many octets of the body. */
        public Reply ending(End how, int octets) {
            return new Reply(status, headers, body, how, octets);
        }
    }

    private CacheServer(Path folder) throws IOException {
        this.folder = folder;
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("cache").start(this::listen);
    }

    /** Serves the files of a folder. */
    public static CacheServer serving(Path folder) throws IOException {
        return new CacheServer(folder);
    }

    /** The address, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** Every answer comes this much later; those to requests that were sent together come together. */
    public CacheServer latency(Duration time) {
        latency = time;
        return this;
    }

    /** Connections are closed after so many answers. */
    public CacheServer requestsPerConnection(int number) {
        requestsPerConnection = number;
        return this;
    }

    /** What would be answered is changed for some requests; of several changes, each applies to the result before. */
    public CacheServer when(Predicate<Request> which, UnaryOperator<Reply> change) {
        rules.add(new Rule(which, change));
        return this;
    }

    /** The same for paths that contain a text. */
    public CacheServer when(String part, UnaryOperator<Reply> change) {
        return when(request -> request.path().contains(part), change);
    }

    /** Nothing is changed any more. */
    public CacheServer behave() {
        rules.clear();
        return this;
    }

    /** How many connections there were. */
    public int connections() {
        return connections.get();
    }

    /** How many questions came over one connection at most before the first of them was answered. */
    public int mostWaiting() {
        return mostWaiting.get();
    }

    /** What was asked so far, by path. */
    public List<String> requests() {
        return requests.stream().map(Request::path).toList();
    }

    /** What was asked so far. */
    public Collection<Request> requestsWithHeaders() {
        return List.copyOf(requests);
    }

    /** Forgets what was counted. */
    public void forget() {
        requests.clear();
        connections.set(0);
    }

    private void listen() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().name("cache-connection").start(() -> serve(socket));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    /** Reads requests; another thread answers them, each when it is due. */
    private void serve(Socket socket) {
        BlockingQueue<Due> answers = new LinkedBlockingQueue<>();
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Thread writer = Thread.ofVirtual().name("cache-answers").start(() -> answer(socket, answers));
            if (!read(in, answers)) {
                // The client went.
                writer.interrupt();
            }
            writer.join();
        } catch (IOException _) {
            // The client went.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    /** @return whether the last answer ends the connection, and not the client */
    private boolean read(InputStream in, BlockingQueue<Due> answers) throws IOException {
        int number = 0;
        for (Optional<Request> asked = read(in); asked.isPresent(); asked = read(in)) {
            number++;
            requests.add(asked.get());
            boolean last = number >= requestsPerConnection
                    || "close".equals(asked.get().headers().get("connection"));
            answers.add(new Due(reply(asked.get()), last, System.nanoTime() + latency.toNanos()));
            mostWaiting.accumulateAndGet(answers.size(), Math::max);
            if (last) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Request> read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        String[] words = first.split(" ");
        return Optional.of(new Request(words[0], words[1], headers));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private Reply reply(Request request) {
        Reply reply = file(request);
        for (Rule rule : rules) {
            if (rule.which().test(request)) {
                reply = rule.change().apply(reply);
            }
        }
        return reply;
    }

    private Reply file(Request request) {
        String path = request.path().replaceFirst("^https?://[^/]*", "").replaceFirst("\\?.*", "");
        String name = URLDecoder.decode(path.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
            return Reply.of(404, "Resource not found: " + path);
        }
        try {
            byte[] octets = Files.readAllBytes(file);
            String version = "\"" + octets.length + "-" + Files.getLastModifiedTime(file).toMillis() + "\"";
            OptionalInt start = rangeStart(request, version, octets.length);
            if (start.isEmpty()) {
                return new Reply(200, Map.of("ETag", version), octets, End.WHOLE, 0);
            }
            byte[] rest = Arrays.copyOfRange(octets, start.getAsInt(), octets.length);
            String range = "bytes " + start.getAsInt() + "-" + (octets.length - 1) + "/" + octets.length;
            return new Reply(206, Map.of("ETag", version, "Content-Range", range), rest, End.WHOLE, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OptionalInt rangeStart(Request request, String version, int length) {
        String range = request.headers().getOrDefault("range", "");
        boolean same = request.headers().getOrDefault("if-range", version).equals(version);
        if (!same || !range.matches("bytes=[0-9]{1,9}-")) {
            return OptionalInt.empty();
        }
        int start = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        return start < length ? OptionalInt.of(start) : OptionalInt.empty();
    }

    private void answer(Socket socket, BlockingQueue<Due> answers) {
        try {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            boolean more = true;
            while (more) {
                Due due = answers.take();
                long wait = due.time() - System.nanoTime();
                if (wait > 0) {
                    Thread.sleep(Duration.ofNanos(wait));
                }
                more = send(out, due, socket);
                if (answers.isEmpty() || !more) {
                    out.flush();
                }
            }
            socket.shutdownOutput();
            socket.shutdownInput();
        } catch (IOException _) {
            // The client went.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether the connection stays */
    private static boolean send(OutputStream out, Due due, Socket socket) throws IOException, InterruptedException {
        Reply reply = due.reply();
        Map<String, String> headers = new HashMap<>(Map.of("Content-Length", String.valueOf(reply.body().length)));
        headers.putAll(reply.headers());
        if (due.last()) {
            headers.put("Connection", "close");
        }
        StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Status\r\n");
        headers.forEach((name, value) -> head.append(value.isEmpty() ? "" : name + ": " + value + "\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        int length = reply.end() == End.WHOLE ? reply.body().length : Math.min(reply.sent(), reply.body().length);
        out.write(reply.body(), 0, length);
        switch (reply.end()) {
            case WHOLE -> {
                return !due.last() && !headers.get("Content-Length").isEmpty();
            }
            case CUT -> {
                return false;
            }
            case RESET -> {
                out.flush();
                socket.setSoLinger(true, 0);
                socket.close();
                return false;
            }
            case STALL -> {
                out.flush();
                Thread.sleep(Duration.ofHours(1));
                return false;
            }
            case TRICKLE -> {
                for (int i = length; i < reply.body().length; i++) {
                    out.write(reply.body(), i, 1);
                    out.flush();
                    Thread.sleep(Duration.ofMillis(20));
                }
                return !due.last();
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
