// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

import dev.cairn.error.CairnException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * What is really sent: all of a response, a part of it, or nothing but its head.
 *
 * @param part which octets of the body; empty where its length is not known, so that the end of the connection is its
 *     end
 * @param stays whether more may be asked for over the same connection
 */
record Answer(
        WebRequest request,
        int status,
        SequencedMap<String, String> fields,
        Body body,
        Optional<Part> part,
        boolean stays) {
    /** Octets of a body that are sent together with the head. */
    private static final int SMALL = 16 * 1024;

    private static final Map<Integer, String> PHRASES = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(206, "Partial Content"),
            Map.entry(304, "Not Modified"),
            Map.entry(400, "Bad Request"),
            Map.entry(404, "Not Found"),
            Map.entry(416, "Range Not Satisfiable"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(505, "HTTP Version Not Supported"));

    /** @param stays whether nothing else speaks against going on with this connection */
    static Answer of(WebRequest request, WebResponse response, boolean stays) {
        SequencedMap<String, String> fields = new LinkedHashMap<>(response.fields());
        response.entityTag().ifPresent(tag -> fields.put("ETag", tag));
        response.modified().ifPresent(time -> fields.put("Last-Modified", HttpDates.print(time)));
        if (response.status() == 200 && Preconditions.isKnown(request, response)) {
            fields.remove("Content-Type");
            return new Answer(request, 304, fields, Body.Octets.NONE, Optional.of(new Part(0, 0)), stays);
        }
        OptionalLong length = response.body().length();
        if (length.isEmpty()) {
            return new Answer(request, response.status(), fields, response.body(), Optional.empty(), false);
        }
        Part whole = new Part(0, length.getAsLong());
        if (response.status() != 200 || !response.partial()) {
            return whole(request, response, fields, whole, stays);
        }
        fields.put("Accept-Ranges", "bytes");
        Optional<Part> part = request.field("range")
                .filter(_ -> Preconditions.allowsPart(request, response))
                .flatMap(range -> Part.of(range, whole.length()));
        if (part.isEmpty()) {
            return whole(request, response, fields, whole, stays);
        }
        fields.put("Content-Range", part.get().contentRange(whole.length()));
        fields.put("Content-Length", Long.toString(part.get().length()));
        int status = part.get().isOutside() ? 416 : 206;
        return new Answer(request, status, fields, response.body(), part, stays);
    }

    private static Answer whole(
            WebRequest request,
            WebResponse response,
            SequencedMap<String, String> fields,
            Part whole,
            boolean stays) {
        fields.put("Content-Length", Long.toString(whole.length()));
        return new Answer(request, response.status(), fields, response.body(), Optional.of(whole), stays);
    }

    /**
     * Sends it.
     *
     * @throws CairnException when the body cannot be made; some of the answer is on its way by then
     */
    void sendTo(ClientOutput out) throws CairnException, IOException {
        ByteArrayOutputStream head = head();
        boolean nothing = request.isHead() || part.filter(Part::isOutside).isPresent();
        if (nothing) {
            head.writeTo(out);
            return;
        }
        if (body instanceof Body.Octets small && part.orElseThrow().length() <= SMALL) {
            head.write(small.octets(), (int) part.get().start(), (int) part.get().length());
            head.writeTo(out);
            return;
        }
        head.writeTo(out);
        switch (body) {
            case Body.Octets octets -> out.write(
                    octets.octets(), (int) part.orElseThrow().start(), (int) part.get().length());
            case Body.OpenFile file -> out.send(file.channel(), part.orElseThrow());
            case Body.Streamed streamed -> stream(streamed, out);
        }
    }

    private void stream(Body.Streamed streamed, ClientOutput out) throws CairnException, IOException {
        if (part.isEmpty()) {
            streamed.source().writeTo(out);
            return;
        }
        PartOutput limited = new PartOutput(out, part.get());
        try {
            streamed.source().writeTo(limited);
        } catch (PartOutput.Enough e) {
            // What follows was not asked for.
        }
        if (!limited.isComplete()) {
            throw new IOException("an answer is shorter than was announced");
        }
    }

    private ByteArrayOutputStream head() throws IOException {
        StringBuilder head = new StringBuilder(512);
        head.append("HTTP/1.1 ").append(status).append(' ').append(PHRASES.getOrDefault(status, "")).append("\r\n");
        head.append("Date: ").append(HttpDates.print(Instant.now())).append("\r\n");
        fields.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (!stays) {
            head.append("Connection: close\r\n");
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream(SMALL);
        octets.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        return octets;
    }
}
