// SPDX-License-Identifier: Apache-2.0
package dev.cairn.nar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.testing.Golden;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NarGoldenTest {
    @Test
    void writesAndReadsTheArchivesOfGuixAndNix() throws Exception {
        for (JsonNode vector : Golden.json("nar/trees.json").get("trees")) {
            String name = vector.get("name").asString();
            byte[] archive = write(vector.get("tree"));
            assertThat(archive).as(name).hasSize(vector.get("size").asInt());
            assertThat(Hash.sha256(archive).hex()).as(name).isEqualTo(vector.get("sha256").asString());
            if (vector.has("archive")) {
                assertThat(archive).as(name).isEqualTo(Golden.hex(vector, "archive"));
            }
            assertThat(copy(archive)).as(name).isEqualTo(archive);
        }
    }

    @Test
    void takesCanonicalArchivesAndNothingElse() {
        for (JsonNode vector : Golden.json("nar/inputs.json").get("inputs")) {
            String name = vector.get("name").asString();
            byte[] input = Golden.hex(vector, "octets");
            if (vector.get("accepted").asBoolean()) {
                assertThatCode(() -> assertThat(copy(input)).isEqualTo(input)).as(name).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(() -> copy(input)).as(name).isInstanceOf(FormatException.class);
            }
        }
    }

    @Test
    void stopsBehindTheArchive() throws Exception {
        byte[] input = HexFormat.of()
                .parseHex(Golden.json("nar/inputs.json").get("trailing").get(0).asString());
        ByteArrayInputStream in = new ByteArrayInputStream(input);
        NarReader reader = new NarReader(in);
        reader.read(new NarWriter(new ByteArrayOutputStream()));
        assertThat(in.available()).isEqualTo(8);
        assertThat(reader.bytesRead()).isEqualTo(input.length - 8);
        assertThatThrownBy(reader::expectEnd).isInstanceOf(FormatException.class);
    }

    private static byte[] copy(byte[] archive) throws IOException, FormatException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(copy);
        NarReader reader = new NarReader(new ByteArrayInputStream(archive));
        reader.read(writer);
        reader.expectEnd();
        writer.finish();
        return copy.toByteArray();
    }

    private static byte[] write(JsonNode tree) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(out);
        node(writer, tree);
        writer.finish();
        return out.toByteArray();
    }

    private static void node(NarWriter writer, JsonNode node) throws IOException {
        switch (node.get("type").asString()) {
            case "regular" -> writer.regular(
                    node.has("executable") && node.get("executable").asBoolean(), Golden.hex(node, "contents_hex"));
            case "symlink" -> writer.symlink(node.get("target").asString());
            default -> {
                writer.directoryStart();
                SortedMap<String, JsonNode> entries = new TreeMap<>(NarNames.ORDER);
                for (Map.Entry<String, JsonNode> entry : node.get("entries").properties()) {
                    entries.put(entry.getKey(), entry.getValue());
                }
                for (Map.Entry<String, JsonNode> entry : entries.entrySet()) {
                    writer.entry(entry.getKey());
                    node(writer, entry.getValue());
                }
                writer.directoryEnd();
            }
        }
    }
}
