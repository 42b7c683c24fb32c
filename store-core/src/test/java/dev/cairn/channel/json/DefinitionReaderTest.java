// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.hash.Hash;
import dev.cairn.packages.BuildSystem;
import dev.cairn.packages.DefinitionProblem;
import dev.cairn.packages.FileEntry;
import dev.cairn.packages.PackageDefinition;
import dev.cairn.packages.Source;
import dev.cairn.packages.Specification;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class DefinitionReaderTest {
    private static final String HASH = "0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73";

    @TempDir
    private Path temporary;

    private Path folder;

    private final Problems problems = new Problems("packages/a.json");

    @BeforeEach
    void makeSources() throws IOException {
        folder = temporary.resolve("channel");
        Files.createDirectories(folder.resolve("sources/a"));
        Files.writeString(Files.createDirectory(temporary.resolve("outside")).resolve("passwd"), "secret");
        Files.writeString(folder.resolve("sources/a/run.sh"), "echo\n");
        Files.createSymbolicLink(folder.resolve("sources/out"), Path.of("../../outside"));
        Files.createFile(folder.resolve("sources/bad name"));
    }

    private List<PackageDefinition> read(String json) {
        return new DefinitionReader(folder, problems).read(json);
    }

    @Test
    void readsEveryField() throws Exception {
        List<PackageDefinition> definitions = read("""
                {
                  "name": "fortune", "version": "3.1",
                  "source": {"file": "sources/a"},
                  "build-system": "files",
                  "arguments": {"files": {
                    "out": {
                      "bin/fortune": {"from": "run.sh", "executable": true, "substitute": true},
                      "share/a": {"text": ["one", "two"]},
                      "share/b": {"text": "as it is", "executable": true},
                      "share/empty": {"directory": true},
                      "bin/f": {"symlink": "fortune"}},
                    "doc": {"share/all": {"from": "."}}}},
                  "inputs": ["a", "b@1.2:doc"], "native-inputs": ["c:doc"], "propagated-inputs": ["d@2"],
                  "outputs": ["doc", "out"],
                  "native-search-paths": [
                    {"variable": "X_PATH", "files": ["share/x", "lib/x"]},
                    {"variable": "Y", "files": ["y"], "separator": null, "file-type": "regular",
                     "file-pattern": "^a$"}],
                  "synopsis": "Print a saying", "description": ["First.", "Second."], "license": ["MIT", "ISC"],
                  "home-page": "https://example.org/", "properties": {"tag": "fun"}
                }""");
        assertThat(problems.list()).isEmpty();
        PackageDefinition read = definitions.getFirst();
        assertThat(read.label()).isEqualTo("fortune@3.1");
        assertThat(read.source()).contains(new Source.Local("sources/a"));
        assertThat(read.inputs()).containsExactly(Specification.parse("a"), Specification.parse("b@1.2:doc"));
        assertThat(read.nativeInputs()).containsExactly(Specification.parse("c:doc"));
        assertThat(read.propagatedInputs()).containsExactly(Specification.parse("d@2"));
        assertThat(read.outputs()).containsExactly("out", "doc");
        assertThat(read.searchPaths()).hasSize(2);
        assertThat(read.searchPaths().get(0).separator()).contains(":");
        assertThat(read.searchPaths().get(1).separator()).isEmpty();
        assertThat(read.searchPaths().get(1).pattern()).contains("^a$");
        assertThat(read.description()).isEqualTo("First.\n\nSecond.");
        assertThat(read.licenses()).containsExactly("MIT", "ISC");
        assertThat(read.homePage()).contains("https://example.org/");
        assertThat(read.properties()).containsEntry("tag", "fun");
        assertThat(read.location()).isEqualTo("packages/a.json:1");
        assertThat(read.buildSystem()).isEqualTo(new BuildSystem.Files(new TreeMap<>(Map.of(
                "out", new TreeMap<>(Map.of(
                        "bin/fortune", new FileEntry.Copy("run.sh", true, true),
                        "share/a", new FileEntry.Text("one\ntwo\n", false),
                        "share/b", new FileEntry.Text("as it is", true),
                        "share/empty", new FileEntry.Folder(),
                        "bin/f", new FileEntry.Link("fortune"))),
                "doc", new TreeMap<>(Map.of("share/all", new FileEntry.Copy(".", false, false)))))));
    }

    @Test
    void readsDownloadsArchivesAndScripts() throws Exception {
        List<PackageDefinition> definitions = read("""
                [{"name": "a", "version": "1", "synopsis": "A", "build-system": "archive",
                  "source": {"uri": "https://example.org/a-1.tar.gz?x=y", "sha256": "%s"},
                  "arguments": {"strip": 1}},
                 {"name": "b", "version": "1", "synopsis": "B", "build-system": "script",
                  "source": {"uri": ["http://x/1", "file:///2"], "sha256": "%s", "file-name": "b.bin"},
                  "arguments": {"script": ["a", "b"], "host-tools": true, "environment": {"X": "1"}}},
                 {"name": "c", "version": "1", "synopsis": "C", "build-system": "script",
                  "arguments": {"script": "a", "shell": "#$a/bin/sh"}}]
                """.formatted(HASH, "00".repeat(32)));
        assertThat(problems.list()).isEmpty();
        assertThat(definitions.get(0).source()).get().satisfies(source -> assertThat(
                        ((Source.Download) source).fileName())
                .isEqualTo("a-1.tar.gz"));
        assertThat(definitions.get(0).buildSystem()).isEqualTo(new BuildSystem.Archive(1));
        assertThat(((Source.Download) definitions.get(1).source().orElseThrow()))
                .isEqualTo(new Source.Download(
                        List.of("http://x/1", "file:///2"),
                        Hash.parse(dev.cairn.hash.HashAlgorithm.SHA256, "00".repeat(32)),
                        "b.bin"));
        assertThat(definitions.get(1).buildSystem())
                .isEqualTo(new BuildSystem.Script("a\nb\n", true, Optional.empty(), new TreeMap<>(Map.of("X", "1"))));
        assertThat(definitions.get(1).buildSystem().impure()).isTrue();
        assertThat(definitions.get(2).buildSystem().impure()).isFalse();
    }

    /** A definition with one thing wrong, and a part of the message about it. */
    record Wrong(String json, String message) {}

    static final List<Wrong> WRONG = readWrong();

    private static List<Wrong> readWrong() {
        List<Wrong> wrong = new ArrayList<>();
        try (InputStream in = DefinitionReaderTest.class.getResourceAsStream("wrong-definitions.txt")) {
            String[] blocks = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n\n");
            for (String block : blocks) {
                String[] lines = block.split("\n");
                if (lines.length == 2) {
                    wrong.add(new Wrong(lines[0], lines[1]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return wrong;
    }

    private static String simple(String fields) {
        return """
                {"name": "a", "version": "1", "synopsis": "A", "build-system": "files",
                 "arguments": {"files": {"out": {"x": {"text": ""}}}}, %s}""".replace("\n", "").formatted(fields);
    }

    @ParameterizedTest
    @FieldSource("WRONG")
    void pointsAtWhatIsWrong(Wrong wrong) {
        List<PackageDefinition> definitions = read("[" + wrong.json() + ",\n" + simple("\"inputs\": []") + "]");
        assertThat(definitions).as("the other definition").hasSize(1);
        Problems alone = new Problems("packages/a.json");
        assertThat(new DefinitionReader(folder, alone).read(wrong.json())).isEmpty();
        assertThat(alone.list()).extracting(DefinitionProblem::message).singleElement().asString()
                .startsWith("packages/a.json:1:").contains(wrong.message());
    }

    @Test
    void reportsAllThatIsWrongAtOnce() {
        read(simple("\"version\": 2, \"inputs\": [1, \"@\"], \"license\": false"));
        assertThat(problems.list()).extracting(DefinitionProblem::field)
                .containsExactlyInAnyOrder("a.version", "a.inputs[0]", "a.inputs[1]", "a.license");
    }

    @Test
    void keepsWhatStandsBeforeASyntaxError() {
        assertThat(read("[" + simple("\"inputs\": []") + ",\n  {\"name\": }]")).hasSize(1);
        assertThat(problems.list()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.expected()).isEqualTo("JSON: a package object or an array of them");
        });
    }

    @Test
    void boundsNestingAndLengths() {
        assertThat(read("[".repeat(100_000))).isEmpty();
        assertThat(read("{\"name\": \"" + "a".repeat(3 << 20) + "\"}")).isEmpty();
        assertThat(read("")).isEmpty();
        assertThat(problems.list()).hasSize(3);
    }
}
