// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    private final Socket socket;
    private final InputStream in;
    private boolean reusable = true;
    private boolean used;

    private PipelinedConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 15);
    }

    /** Connects to the server of an address. */
    static PipelinedConnection open(URI address, Patience patience) throws IOException {
        boolean secure = "https".equalsIgnoreCase(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : secure ? 443 : 80;
        Socket socket = new Socket();
        try {
            // Names are looked up anew each time: the network may be another one by now.
            socket.connect(new InetSocketAddress(host(address), port), (int) patience.connect().toMillis());
            socket.setSoTimeout((int) patience.answer().toMillis());
            socket.setTcpNoDelay(true);
            return new PipelinedConnection(secure ? secured(socket, host(address), port) : socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static String host(URI address) {
        String host = address.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static Socket secured(Socket plain, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    @Override
    public boolean isReusable() {
        return reusable && !socket.isClosed();
    }

    @Override
    public boolean wasUsed() {
        return used;
    }

    /** To be called with so few that they fit into what the system keeps for a connection. */
    @Override
    public void ask(List<URI> addresses) throws IOException {
        StringBuilder text = new StringBuilder();
        for (URI address : addresses) {
            String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
            String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
            String port = address.getPort() < 0 ? "" : ":" + address.getPort();
            text.append("GET ").append(path).append(query).append(" HTTP/1.1\r\n");
            text.append("Host: ").append(address.getHost()).append(port).append("\r\n");
            text.append("User-Agent: cairn\r\nAccept: */*\r\n\r\n");
        }
        socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Override
    public BatchReply read(URI address, int limit) throws IOException {
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
        Optional<byte[]> body = code == 204 || code == 304 ? Optional.of(new byte[0]) : body(headers, limit);
        used = true;
        return new BatchReply(address, code, headers, body);
    }

    private Optional<byte[]> body(Map<String, String> headers, int limit) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT).contains("chunked")) {
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

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() >= MAX_HEADERS) {
                throw new IOException("this is not how HTTP servers answer");
            }
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        return headers;
    }

    private String line() throws IOException {
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
        try {
            socket.close();
        } catch (IOException _) {
            // Nothing is sent any more, and what was read is read.
        }
    }
}
