// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import dev.cairn.manifest.SearchPathSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The committed golden files below {@code golden/}, each of which names the tool whose behaviour it records. */
public final class Golden {
    private Golden() {}

    /** The text of a golden file. */
    public static String text(String name) {
        return new String(octets(name), StandardCharsets.UTF_8);
    }

    /** A golden file as it is. */
    public static byte[] octets(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new AssertionError("no golden file " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A golden file of JSON. */
    public static JsonNode json(String name) {
        return JsonMapper.shared().readTree(text(name));
    }

    /** The octets that a member of an object has in hexadecimal. */
    public static byte[] hex(JsonNode object, String member) {
        return HexFormat.of().parseHex(object.get(member).asString());
    }

    /** The strings of an array. */
    public static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(node -> strings.add(node.asString()));
        return strings;
    }

    /** A search path specification as golden files write it. */
    public static SearchPathSpecification searchPath(JsonNode node) {
        return new SearchPathSpecification(
                node.get("variable").asString(),
                strings(node.get("files")),
                nullable(node.get("separator")),
                node.get("file_type").asString(),
                nullable(node.get("file_pattern")));
    }

    private static Optional<String> nullable(JsonNode node) {
        return node.isNull() ? Optional.empty() : Optional.of(node.asString());
    }
}
