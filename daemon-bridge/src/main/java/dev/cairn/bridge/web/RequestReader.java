// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the heads of requests, one after the other. Not safe for use by several threads. */
final class RequestReader {
    /** Octets of a line; the longest name of a file of a store takes a few hundred. */
    private static final int MAX_LINE = 8 * 1024;

    private static final int MAX_FIELDS = 100;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    private final InputStream in;
    private final Runnable begun;

    /**
     * @param in buffered
     * @param begun is called at the first octet of each request
     */
    RequestReader(InputStream in, Runnable begun) {
        this.in = in;
        this.begun = begun;
    }

    /** The next request; empty when the client has no more. */
    Optional<WebRequest> next() throws BadRequest, IOException {
        Optional<String> first = firstLine();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        String[] words = first.get().split(" ", -1);
        if (words.length != 3 || !words[0].matches(TOKEN) || !words[2].matches("HTTP/[0-9]\\.[0-9]")) {
            throw new BadRequest(400, "the first line is not METHOD TARGET HTTP/VERSION");
        }
        if (!words[2].startsWith("HTTP/1.")) {
            throw new BadRequest(505, "this server speaks HTTP/1.1");
        }
        return Optional.of(new WebRequest(words[0], path(words[1]), fields(), !words[2].equals("HTTP/1.0")));
    }

    /** An empty line or two before a request are passed over, as is custom. */
    private Optional<String> firstLine() throws BadRequest, IOException {
        for (int empty = 0; empty < 3; empty++) {
            int octet = in.read();
            if (octet < 0) {
                return Optional.empty();
            }
            begun.run();
            String line = line(octet);
            if (!line.isEmpty()) {
                return Optional.of(line);
            }
        }
        throw new BadRequest(400, "there is no first line");
    }

    /** Also of the form that proxies are sent. */
    private static String path(String target) throws BadRequest {
        String path = target.replaceFirst("^[hH][tT][tT][pP][sS]?://[^/?#]*(?=/|$)", "");
        int end = path.indexOf('?');
        path = end < 0 ? path : path.substring(0, end);
        if (path.isEmpty() && !target.isEmpty() && !target.startsWith("?")) {
            return "/";
        }
        if (!path.startsWith("/")) {
            throw new BadRequest(400, "the target is not a path");
        }
        return path;
    }

    private Map<String, String> fields() throws BadRequest, IOException {
        Map<String, String> fields = new HashMap<>();
        for (int count = 0; count <= MAX_FIELDS; count++) {
            String line = line(in.read());
            if (line.isEmpty()) {
                return fields;
            }
            int colon = line.indexOf(':');
            if (colon < 1 || !line.substring(0, colon).matches(TOKEN)) {
                throw new BadRequest(400, "a line of the head is not NAME: VALUE");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            fields.merge(name, line.substring(colon + 1).strip(), (one, other) -> one + ", " + other);
        }
        throw new BadRequest(431, "the head has more than " + MAX_FIELDS + " fields");
    }

    /** One octet a character, without the line end. @param first the first octet, or -1 */
    private String line(int first) throws BadRequest, IOException {
        byte[] octets = new byte[256];
        int length = 0;
        for (int octet = first; octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the client stopped in the middle of a head");
            }
            if (octet < ' ' && octet != '\r' && octet != '\t') {
                throw new BadRequest(400, "a control character in the head");
            }
            if (length == MAX_LINE) {
                throw new BadRequest(431, "a line of the head has more than " + MAX_LINE + " octets");
            }
            if (length == octets.length) {
                octets = Arrays.copyOf(octets, MAX_LINE);
            }
            octets[length++] = (byte) octet;
        }
        if (length > 0 && octets[length - 1] == '\r') {
            length--;
        }
        return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
    }
}
