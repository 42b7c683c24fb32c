// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A connection over which several questions are sent before the first answer comes (RFC 9112, section 9.3.2), which
 * the JDK's client never does. Only for questions without effect. Used by one thread, closed by any.
 */
final class PipelinedConnection implements Line {
    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 200;

    /** Octets of all headers together: answers to many questions are held side by side. */
    private static final int MAX_HEAD = 64 * 1024;

    private final Socket socket;
    private final InputStream in;

    /** Milliseconds that an answer may take to begin, and to go on. */
    private final int answer;

    private final Consumer<PipelinedConnection> closed;

    private boolean reusable = true;
    private boolean used;
    private Optional<Body> body = Optional.empty();

    /**
     * How an answer begins.
     *
     * @param headers by names in lower case
     */
    record Head(int status, Map<String, String> headers) {
        boolean isWithoutBody() {
            return status == 204 || status == 304;
        }
    }

    private PipelinedConnection(Socket socket, int answer, Consumer<PipelinedConnection> closed) throws IOException {
        this.socket = socket;
        this.answer = answer;
        this.closed = closed;
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 15);
    }

    /** Connects to the server of an address. @param closed is told when this is closed */
    static PipelinedConnection open(URI address, Patience patience, Consumer<PipelinedConnection> closed)
            throws IOException {
        boolean secure = "https".equalsIgnoreCase(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : secure ? 443 : 80;
        // Names are looked up anew each time: the network may be another one by now.
        InetAddress host = HostNames.OF_SYSTEM.find(host(address), patience.connect());
        // Unlike others, a channel's socket is closed by an interrupt on any thread.
        Socket socket = SocketChannel.open().socket();
        try {
            socket.connect(new InetSocketAddress(host, port), (int) patience.connect().toMillis());
            int answer = (int) patience.answer().toMillis();
            socket.setSoTimeout(answer);
            socket.setTcpNoDelay(true);
            Socket line = secure ? secured(socket, host(address), port, patience) : socket;
            return new PipelinedConnection(line, answer, closed);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static String host(URI address) {
        String host = address.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static Socket secured(Socket plain, String host, int port, Patience patience) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        // The time is that of all of it, in however small pieces it comes.
        try (Standstill watch = new Standstill(plain, patience.connect())) {
            try {
                socket.startHandshake();
            } catch (IOException e) {
                throw watch.ended() ? new SocketTimeoutException() : e;
            }
        }
        return socket;
    }

    @Override
    public boolean isReusable() {
        return reusable && !socket.isClosed() && body.map(Body::isComplete).orElse(true);
    }

    @Override
    public boolean wasUsed() {
        return used;
    }

    /**
     * Whether nothing came since the last answer. Some servers tell who asks nothing for a while that they hang up,
     * which looks like the answer to the next question.
     */
    boolean isQuiet() {
        try {
            return in.available() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    /** To be called with so few that they fit into what the system keeps for a connection. */
    @Override
    public void ask(List<URI> addresses) throws IOException {
        StringBuilder text = new StringBuilder();
        addresses.forEach(address -> text.append(question(address, Map.of())));
        send(text);
    }

    private static String question(URI address, Map<String, String> headers) {
        StringBuilder text = new StringBuilder();
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        text.append("GET ").append(path).append(query).append(" HTTP/1.1\r\n");
        text.append("Host: ").append(address.getHost()).append(port).append("\r\n");
        text.append("User-Agent: cairn\r\nAccept: */*\r\n");
        headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString();
    }

    private void send(CharSequence text) throws IOException {
        socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /**
     * Asks for a file and reads how the answer begins.
     *
     * @param headers of the question, besides the usual; neither names nor values have line ends
     */
    Head ask(URI address, Map<String, String> headers) throws IOException {
        socket.setSoTimeout(answer);
        send(question(address, headers));
        Head head = head();
        used = true;
        return head;
    }

    /** What follows a head, to be read or closed before anything else is asked; however long it takes to come. */
    InputStream body(Head head) throws IOException {
        Body opened;
        String length = head.headers().get("content-length");
        if (head.isWithoutBody()) {
            opened = Body.of(this, in, 0);
        } else if (isChunked(head.headers())) {
            opened = Body.chunked(this, in);
        } else if (length == null) {
            reusable = false;
            opened = Body.upToTheEnd(this, in);
        } else if (length.matches("[0-9]{1,18}")) {
            opened = Body.of(this, in, Long.parseLong(length));
        } else {
            throw new IOException("the server does not say how much it sends");
        }
        body = Optional.of(opened);
        socket.setSoTimeout(0);
        return opened;
    }

    private static boolean isChunked(Map<String, String> headers) {
        return headers.containsKey("transfer-encoding");
    }

    @Override
    public BatchReply read(URI address, int limit) throws IOException {
        Head head = head();
        Optional<byte[]> body =
                head.isWithoutBody() ? Optional.of(new byte[0]) : body(head.headers(), limit);
        used = true;
        return new BatchReply(address, head.status(), head.headers(), body);
    }

    private Head head() throws IOException {
        String status = line();
        while (status.matches("HTTP/1\\.[01] 1[0-9][0-9].*")) {
            headers();
            status = line();
        }
        if (!status.matches("HTTP/1\\.[01] [2-5][0-9][0-9]( .*)?")) {
            throw new IOException("this is not how HTTP servers answer");
        }
        Map<String, String> headers = headers();
        int code = Integer.parseInt(status.substring(9, 12));
        String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        if (connection.contains("close") || status.startsWith("HTTP/1.0") && !connection.contains("keep-alive")) {
            reusable = false;
        }
        if (isChunked(headers)) {
            if (!headers.get("transfer-encoding").equalsIgnoreCase("chunked")) {
                throw new IOException("the server packs what it sends in a way that was not asked for");
            }
            // The chunks count (RFC 9112, section 6.3), but whoever is in between may have gone by the length.
            reusable &= headers.remove("content-length") == null;
        }
        return new Head(code, headers);
    }

    private Optional<byte[]> body(Map<String, String> headers, int limit) throws IOException {
        if (isChunked(headers)) {
            return chunks(limit);
        }
        String length = headers.get("content-length");
        if (length == null) {
            reusable = false;
            byte[] octets = in.readNBytes(limit + 1);
            return octets.length > limit ? Optional.empty() : Optional.of(octets);
        }
        if (!length.matches("[0-9]{1,18}")) {
            throw new IOException("the server does not say how much it sends");
        }
        long size = Long.parseLong(length);
        if (size > limit) {
            reusable = false;
            return Optional.empty();
        }
        byte[] octets = in.readNBytes((int) size);
        if (octets.length < size) {
            throw new EOFException("the connection ended after " + octets.length + " of " + size + " octets");
        }
        return Optional.of(octets);
    }

    private Optional<byte[]> chunks(int limit) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        while (true) {
            String size = line().replaceFirst("[ ;].*", "");
            if (!size.matches("[0-9a-fA-F]{1,7}")) {
                throw new IOException("the server sends chunks of no size");
            }
            int length = Integer.parseInt(size, 16);
            if (length == 0) {
                headers();
                return Optional.of(octets.toByteArray());
            }
            if (octets.size() + length > limit) {
                reusable = false;
                return Optional.empty();
            }
            byte[] chunk = in.readNBytes(length);
            octets.write(chunk);
            if (chunk.length < length || !line().isEmpty()) {
                throw new EOFException("the connection ended in the middle of a chunk");
            }
        }
    }

    Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        int count = 0;
        int octets = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            octets += line.length();
            if (colon < 1 || ++count > MAX_HEADERS || octets > MAX_HEAD || hasControls(line)) {
                throw new IOException("this is not how HTTP servers answer");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            String before = headers.put(name, value);
            if (before != null && (name.equals("content-length") && !before.equals(value)
                    || name.equals("transfer-encoding"))) {
                throw new IOException("the server says in two ways how much it sends");
            }
        }
        return headers;
    }

    private static boolean hasControls(String line) {
        return line.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f);
    }

    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended");
            }
            if (line.length() >= MAX_LINE) {
                throw new IOException("this is not how HTTP servers answer");
            }
            line.append((char) c);
        }
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }

    @Override
    public void close() {
        closed.accept(this);
        try {
            socket.close();
        } catch (IOException _) {
            // Nothing is sent any more, and what was read is read.
        }
    }
}
