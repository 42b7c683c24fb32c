// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A conversation between a daemon and a client that was recorded, as it stands in {@code golden/conversation}.
 *
 * <p>The first line of a file says with which daemon it was recorded. Each other line is a message of one side: an
 * object that names the side and lists what the message has in it, in order: numbers and truth values take 8 octets,
 * strings, lists of strings, and lists of pairs are written as the protocol writes them, {@code {"string": ...}} is one
 * in base 64, and so is {@code {"octets": ...}}, which has no length before it.
 */
public record Recording(String name, List<Part> parts) {
    private static final int MAX = 1 << 24;

    /** Who sent a message. */
    public enum Side {
        CLIENT,
        SERVER
    }

    /** One logical message of either side; one of the server's without octets is the end of the connection. */
    public record Part(Side side, byte[] octets, List<Field> fields) {
        /** Whether it is one that the server sends while it works. */
        public boolean isMessage() {
            return side == Side.SERVER && !fields.isEmpty() && fields.getFirst().name().equals("message");
        }

        /** Whether it is the end of the connection. */
        public boolean isEnd() {
            return octets.length == 0;
        }

        /** The same message with some text in its strings replaced, in octets. */
        public byte[] rewritten(String from, String to) throws IOException {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            WireWriter out = new WireWriter(octets);
            for (Field field : fields) {
                field.write(out, from, to);
            }
            out.flush();
            return octets.toByteArray();
        }
    }

    /** A piece of a message. */
    public record Field(String name, JsonNode value) {
        private boolean isList() {
            return value.isArray() && (value.isEmpty() || value.get(0).isString());
        }

        /** The value as {@link #read} gives it. */
        public Object plain() {
            if (value.isString()) {
                return value.asString();
            } else if (isList()) {
                return strings(value);
            } else if (value.isArray()) {
                List<List<String>> pairs = new ArrayList<>();
                value.forEach(pair -> pairs.add(strings(pair)));
                return pairs;
            } else if (value.isBoolean()) {
                return value.asBoolean();
            }
            return value.asBigInteger();
        }

        /** Reads from a conversation what is in the place of this. */
        public Object read(WireReader in) throws IOException {
            if (value.isString()) {
                return in.readText(MAX);
            } else if (isList()) {
                return in.readTexts();
            } else if (value.isArray()) {
                return in.readPairList().stream()
                        .map(pair -> List.of(pair.getKey(), pair.getValue()))
                        .toList();
            } else if (value.isBoolean()) {
                return in.readBool();
            }
            return new BigInteger(Long.toUnsignedString(in.readLong()));
        }

        private void write(WireWriter out, String from, String to) throws IOException {
            if (value.isString()) {
                out.writeText(value.asString().replace(from, to));
            } else if (isList()) {
                out.writeTexts(strings(value).stream().map(text -> text.replace(from, to)).toList());
            } else if (value.isArray()) {
                List<Map.Entry<String, String>> pairs = new ArrayList<>();
                value.forEach(pair -> pairs.add(Map.entry(pair.get(0).asString(), pair.get(1).asString())));
                out.writePairs(pairs);
            } else if (value.isBoolean()) {
                out.writeBool(value.asBoolean());
            } else if (value.has("string")) {
                out.writeBytes(Base64.getDecoder().decode(value.get("string").asString()));
            } else if (value.has("octets")) {
                byte[] octets = Base64.getDecoder().decode(value.get("octets").asString());
                out.writeRaw(octets, 0, octets.length);
            } else {
                out.writeLong(value.asBigInteger().longValue());
            }
        }

        /** How many octets it takes. */
        public int length() throws IOException {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            WireWriter out = new WireWriter(octets);
            write(out, "", "");
            out.flush();
            return octets.size();
        }

        private static List<String> strings(JsonNode list) {
            List<String> strings = new ArrayList<>();
            list.forEach(item -> strings.add(item.asString()));
            return strings;
        }
    }

    /** Reads a recording. */
    public static Recording of(String name) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (String line : text("/golden/conversation/" + name + ".jsonl").lines().skip(1).toList()) {
            Map.Entry<String, JsonNode> message =
                    JsonMapper.shared().readTree(line).properties().iterator().next();
            List<Field> fields = new ArrayList<>();
            for (JsonNode field : message.getValue()) {
                Map.Entry<String, JsonNode> named = field.properties().iterator().next();
                fields.add(new Field(named.getKey(), named.getValue()));
            }
            Side side = message.getKey().equals("client") ? Side.CLIENT : Side.SERVER;
            parts.add(new Part(side, new Part(side, new byte[0], fields).rewritten("", ""), fields));
        }
        return new Recording(name, parts);
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(Recording.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A message of the work loop of Guix's dialect, as text. */
    public static String message(WireReader in) throws IOException {
        return switch (Message.of(in.readInt())) {
            case NEXT -> "NEXT " + in.readText(MAX);
            case READ -> "READ " + in.readInt();
            case WRITE -> "WRITE " + HexFormat.of().formatHex(in.readBytes(MAX));
            case LAST -> "LAST";
            case ERROR -> {
                ErrorReport report = ErrorReport.read(in, Dialect.GUIX, Dialect.GUIX.version());
                yield "ERROR " + report.status() + " " + report.message();
            }
            case START_ACTIVITY, STOP_ACTIVITY, RESULT -> throw new IOException("a message of Nix's");
        };
    }

    /** The same for one that was recorded. */
    public static String message(byte[] octets) throws IOException {
        return message(new WireReader(new ByteArrayInputStream(octets)));
    }
}
