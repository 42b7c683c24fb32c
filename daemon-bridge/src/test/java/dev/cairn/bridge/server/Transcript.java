// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.ErrorReport;
import dev.cairn.bridge.wire.Dialect;
import dev.cairn.bridge.wire.Message;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.testing.SharedData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A recorded conversation between guix-daemon and a client. */
record Transcript(String name, List<Part> parts) {
    private static final int MAX = 1 << 24;

    /** One logical message of either side. */
    record Part(Side side, byte[] octets, List<Field> fields) {
        /** Whether it is one that the server sends while it works. */
        boolean isMessage() {
            return side == Side.SERVER && !fields.isEmpty() && fields.getFirst().name().equals("message");
        }
    }

    /** Who sent a message; notes are for readers. */
    enum Side {
        CLIENT,
        SERVER,
        NOTE
    }

    /** A piece of a message. */
    record Field(String name, String type, JsonNode value) {
        /** The value as {@link Transcript#read} gives it. */
        Object plain() {
            return switch (type) {
                case "string" -> value.asString();
                case "string-list" -> strings(value);
                case "string-pairs" -> pairs(value);
                case "bool" -> value.isBoolean() ? value.asBoolean() : value.asInt() != 0;
                default -> value.asBigInteger();
            };
        }

        private static List<String> strings(JsonNode list) {
            List<String> strings = new ArrayList<>();
            list.forEach(item -> strings.add(item.asString()));
            return strings;
        }

        private static List<List<String>> pairs(JsonNode list) {
            List<List<String>> pairs = new ArrayList<>();
            list.forEach(item -> pairs.add(strings(item)));
            return pairs;
        }
    }

    /** Reads a recording; skips the calling test where there is none. */
    static Transcript of(String name) {
        Path file = SharedData.require("spec/vectors/protocol/" + name + ".json");
        List<Part> parts = new ArrayList<>();
        for (JsonNode message : JsonMapper.shared().readTree(file).get("messages")) {
            List<Field> fields = new ArrayList<>();
            for (JsonNode field : message.get("fields")) {
                fields.add(new Field(field.get("name").asString(), field.get("type").asString(), field.path("value")));
            }
            Side side =
                    switch (message.get("direction").asString()) {
                        case "client" -> Side.CLIENT;
                        case "server" -> Side.SERVER;
                        default -> Side.NOTE;
                    };
            parts.add(new Part(side, HexFormat.of().parseHex(message.path("hex").asString("")), fields));
        }
        return new Transcript(name, parts);
    }

    /** A message of the work loop, as text. */
    static String message(WireReader in) throws IOException {
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

    static String message(byte[] octets) throws IOException {
        return message(new WireReader(new ByteArrayInputStream(octets)));
    }

    /** Reads a piece of a reply. */
    static Object read(WireReader in, String type) throws IOException {
        return switch (type) {
            case "int" -> BigInteger.valueOf(in.readInt());
            case "u64" -> new BigInteger(Long.toUnsignedString(in.readLong()));
            case "bool" -> in.readBool();
            case "string" -> in.readText(MAX);
            case "string-list" -> in.readTexts();
            case "string-pairs" ->
                in.readPairList().stream()
                        .map(pair -> List.of(pair.getKey(), pair.getValue()))
                        .toList();
            default -> throw new IOException("no type of a piece of a reply: " + type);
        };
    }

    /** A request with some text in its strings replaced. */
    static byte[] rewritten(Part request, String from, String to) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        WireWriter out = new WireWriter(octets);
        for (Field field : request.fields()) {
            switch (field.plain()) {
                case String text -> out.writeText(text.replace(from, to));
                case List<?> list when field.type().equals("string-list") ->
                    out.writeTexts(list.stream().map(item -> item.toString().replace(from, to)).toList());
                case List<?> list ->
                    out.writePairs(list.stream()
                            .map(item -> (List<?>) item)
                            .map(pair -> Map.entry(pair.get(0).toString(), pair.get(1).toString()))
                            .toList());
                case Boolean choice -> out.writeBool(choice);
                default -> out.writeLong(((BigInteger) field.plain()).longValue());
            }
        }
        out.flush();
        return octets.toByteArray();
    }
}
