// SPDX-License-Identifier: Apache-2.0
package dev.cairn.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.hash.Hash;
import dev.cairn.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StorePathsTest {
    private static final StoreDirectory GNU = StoreDirectory.GNU;

    @Test
    void computesThePathsThatGuixComputes() throws Exception {
        for (JsonNode vector : Golden.json("path/store-paths.json").get("paths")) {
            assertThat(compute(vector)).as("%s", vector).hasToString(vector.get("path").asString());
        }
    }

    @Test
    void orderAndRepetitionOfReferencesDoNotMatter() throws Exception {
        StorePath a = StorePaths.text(GNU, "a", new byte[] {1}, List.of());
        StorePath b = StorePaths.text(GNU, "b", new byte[] {2}, List.of());
        assertThat(StorePaths.text(GNU, "c", new byte[0], List.of(a, b)))
                .isEqualTo(StorePaths.text(GNU, "c", new byte[0], List.of(b, a, b)));
    }

    private static StorePath compute(JsonNode vector) throws Exception {
        String name = vector.get("name").asString();
        return switch (vector.get("kind").asString()) {
            case "text" -> {
                List<StorePath> references = new ArrayList<>();
                for (JsonNode reference : vector.get("references")) {
                    references.add(GNU.parse(reference.asString()));
                }
                yield StorePaths.text(
                        GNU, name, vector.get("contents").asString().getBytes(StandardCharsets.UTF_8), references);
            }
            case "fixed" -> StorePaths.fixedOutput(
                    GNU,
                    name,
                    Hash.parse(vector.get("hash").asString()),
                    vector.get("recursive").asBoolean());
            case "output" -> StorePaths.output(
                    GNU,
                    vector.get("output").asString(),
                    Hash.parse(vector.get("hash").asString()),
                    name);
            default -> throw new AssertionError(vector.toString());
        };
    }
}
