// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Speaks to a server octet by octet, so that tests see what really comes. */
public final class WebClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    /** @param fields values by names in small letters */
    public record Answer(int status, Map<String, String> fields, byte[] body) {
        public Optional<String> field(String name) {
            return Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT)));
        }

        public String text() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    public WebClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** One request over a connection of its own. @param fields lines of the head */
    public static Answer get(int port, String path, String... fields) throws IOException {
        return ask(port, "GET", path, fields);
    }

    public static Answer ask(int port, String method, String path, String... fields) throws IOException {
        try (WebClient client = new WebClient(port)) {
            return client.request(method, path, fields);
        }
    }

    /** A request over this connection, and its answer. */
    public Answer request(String method, String path, String... fields) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        send(head.append("\r\n").toString());
        return answer(method.equals("HEAD"));
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    public Answer answer(boolean headOnly) throws IOException {
        String first = line();
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(": ");
            fields.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
        }
        int status = Integer.parseInt(first.split(" ")[1]);
        return new Answer(status, fields, headOnly || status == 304 ? new byte[0] : body(fields));
    }

    private byte[] body(Map<String, String> fields) throws IOException {
        String length = fields.get("content-length");
        if (length == null) {
            return in.readAllBytes();
        }
        byte[] body = in.readNBytes(Integer.parseInt(length));
        if (body.length < Integer.parseInt(length)) {
            throw new EOFException("the body ended after " + body.length + " octets");
        }
        return body;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the connection ended within a head, after '" + line + "'");
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Waits for the first octet of an answer, which stays to be read. */
    public void peek() throws IOException {
        in.mark(1);
        assertThat(in.read()).isNotNegative();
        in.reset();
    }

    /** Whether the server has ended the connection; waits for it to say anything. */
    public boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }

    /** Does not take what the server sends, and no more than a little of it is on the way. */
    static WebClient withLittleRoom(int port) throws IOException {
        WebClient client = new WebClient(port);
        client.socket.setReceiveBufferSize(4096);
        return client;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
