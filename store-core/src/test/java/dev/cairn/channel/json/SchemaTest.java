// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cairn.channel.ChannelException;
import dev.cairn.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas say the same as the readers, as far as a schema can. */
class SchemaTest {
    /** What only a look at the disk, or comparing one field with another, can find. */
    private static final Set<String> BEYOND_SCHEMAS = Set.of(
            "does not exist", "leads out of", "a second time", "last component", "no new folder", "the output 'doc'",
            "files.doc", "file-name: found nothing");

    private static final Schema PACKAGE = schema("package");
    private static final Schema CHANNEL = schema("channel");

    @TempDir
    private Path folder;

    private static Schema schema(String name) {
        try (InputStream in = JsonChannel.class.getResourceAsStream(name + ".schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8),
                            InputFormat.JSON);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static List<DefinitionReaderTest.Wrong> wrong() {
        return DefinitionReaderTest.WRONG.stream()
                .filter(wrong -> BEYOND_SCHEMAS.stream().noneMatch(wrong.message()::contains))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refusesWhatTheReaderRefuses(DefinitionReaderTest.Wrong wrong) {
        assertThat(PACKAGE.validate(wrong.json(), InputFormat.JSON)).as(wrong.json()).isNotEmpty();
    }

    @Test
    void takesTheBundledChannel() throws IOException {
        Path bundled = SharedData.repository().resolve("ui-resources/src/main/resources/dev/cairn/ui/channel");
        assertThat(CHANNEL.validate(Files.readString(bundled.resolve("channel.json")), InputFormat.JSON)).isEmpty();
        try (Stream<Path> files = Files.walk(bundled.resolve("packages"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
                assertThat(PACKAGE.validate(Files.readString(file), InputFormat.JSON)).as(file.toString()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "[]", "{}", "{\"format\": 1}", "{\"format\": 2, \"name\": \"a\"}", "{\"format\": \"1\", \"name\": \"a\"}",
        "{\"format\": 1, \"name\": \"a b\"}", "{\"format\": 1, \"name\": \"a\", \"x\": 1}",
        "{\"format\": 1, \"name\": \"a\", \"home-page\": \"x\"}"
    })
    void refusesTheChannelFilesThatTheReaderRefuses(String json) {
        assertThat(CHANNEL.validate(json, InputFormat.JSON)).isNotEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> ChannelFile.read(json, folder.toString()))
                .isInstanceOf(ChannelException.Malformed.class);
    }
}
