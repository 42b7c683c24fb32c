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
import java.nio.file.Files;
import java.nio.file.Path;
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
                    {"variable": "Y", "files": ["y"], "separator": null, "file-type": "regular", "file-pattern": "^a$"}],
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

    /** A definition with one thing wrong, and the message about it without the file's name. */
    record Wrong(String json, String message) {}

    private static String with(String fields) {
        return "{\"name\": \"a\", \"version\": \"1\", \"synopsis\": \"A\", " + fields + "}";
    }

    private static String files(String entries) {
        return with("\"source\": {\"file\": \"sources/a\"}, \"build-system\": \"files\", \"arguments\": {\"files\": " + entries + "}");
    }

    private static String simple(String fields) {
        return with("\"build-system\": \"files\", \"arguments\": {\"files\": {\"out\": {\"x\": {\"text\": \"\"}}}}, " + fields);
    }

    static final List<Wrong> WRONG = List.of(
            new Wrong("7", "1:1: found the number 7, expected a package object"),
            new Wrong(simple("\"synopsys\": \"x\""), "a.synopsys: found the unknown field 'synopsys', expected 'synopsis'"),
            new Wrong(simple("\"name\": \"b\""), "a.name: found the field a second time, expected every field once"),
            new Wrong("{\"version\": \"1\", \"synopsis\": \"A\", \"build-system\": \"archive\", \"source\": {\"file\": \"sources/a\"}}",
                    "name: found nothing, expected a name of"),
            new Wrong("{\"name\": \".a\", \"version\": \"1\", \"synopsis\": \"A\", \"build-system\": \"archive\", \"source\": {\"file\": \"sources/a\"}}",
                    "1:10: name: found '.a', expected a name of"),
            new Wrong("{\"name\": \"output\", \"version\": \"1\", \"synopsis\": \"A\", \"build-system\": \"archive\", \"source\": {\"file\": \"sources/a\"}}",
                    "name: found 'output', expected a name"),
            new Wrong("{\"name\": \"a\", \"version\": 1, \"synopsis\": \"A\", \"build-system\": \"archive\", \"source\": {\"file\": \"sources/a\"}}",
                    "1:26: a.version: found the number 1, expected a version"),
            new Wrong(with("\"build-system\": \"gnu\""), "a.build-system: found 'gnu', expected one of files, archive, script"),
            new Wrong(with("\"build-system\": \"archive\""), "a.source: found nothing, expected the archive to unpack"),
            new Wrong(with("\"build-system\": \"files\""), "a.arguments: found nothing, expected the arguments"),
            new Wrong(with("\"build-system\": \"script\", \"arguments\": {\"script\": \"x\"}"),
                    "a.arguments.shell: found nothing, expected a program of an input"),
            new Wrong(with("\"build-system\": \"script\", \"arguments\": {\"script\": \"x\", \"host-tools\": \"yes\", \"shell\": \"#$a\"}"),
                    "a.arguments.host-tools: found 'yes', expected true or false"),
            new Wrong(with("\"build-system\": \"script\", \"arguments\": {\"script\": [\"x\\ny\"], \"host-tools\": true}"),
                    "a.arguments.script[0]: found 'x\uFFFDy', expected a line without line end"),
            new Wrong(with("\"build-system\": \"script\", \"arguments\": {\"script\": \"x\", \"host-tools\": true, \"environment\": {\"PATH\": \"x\"}}"),
                    "a.arguments.environment.PATH: found the name 'PATH', expected a variable name"),
            new Wrong(files("{\"out\": {\"../x\": {\"text\": \"\"}}}"), "found the path '../x', expected a path below the output"),
            new Wrong(files("{\"out\": {\"/x\": {\"text\": \"\"}}}"), "found the path '/x', expected a path below the output"),
            new Wrong(files("{\"out\": {\"x\": {\"text\": \"\"}, \"x/y\": {\"text\": \"\"}}}"), "found a path below 'x', which is no new folder"),
            new Wrong(files("{\"out\": {}}"), "a.arguments.files.out: found no files, expected some"),
            new Wrong(files("{\"out\": {\"x\": {}}}"), "x.text: found nothing, expected one of text, from, symlink, directory"),
            new Wrong(files("{\"out\": {\"x\": {\"from\": \"../y\"}}}"), "x.from: found '../y', expected a path inside the source"),
            new Wrong(files("{\"out\": {\"x\": {\"text\": \"\"}}, \"doc\": {\"x\": {\"text\": \"\"}}}"),
                    "found the output 'doc', expected one of out"),
            new Wrong(simple("\"outputs\": [\"out\", \"doc\"]"), "files.doc: found nothing, expected the files of the output 'doc'"),
            new Wrong(with("\"outputs\": [\"doc\"], \"build-system\": \"script\", \"arguments\": {\"script\": \"\", \"host-tools\": true}"), "a.outputs: found an array, expected 'out' among the outputs"),
            new Wrong(simple("\"outputs\": [\"out\", \"src\"]"), "a.outputs[1]: found 'src', expected a name of up to 16"),
            new Wrong(simple("\"inputs\": [\"a@\"]"), "a.inputs[0]: found 'a@', expected NAME, NAME@VERSION"),
            new Wrong(simple("\"inputs\": \"b\""), "a.inputs: found 'b', expected an array"),
            new Wrong(simple("\"license\": [7]"), "a.license[0]: found the number 7, expected the name of a licence"),
            new Wrong(simple("\"home-page\": \"ftp://x\""), "a.home-page: found 'ftp://x', expected an http or https address"),
            new Wrong(simple("\"properties\": {\"x\": 1}"), "a.properties.x: found the number 1, expected a string"),
            new Wrong(simple("\"native-search-paths\": [{\"files\": [\"x\"]}]"),
                    "a.native-search-paths[0].variable: found nothing, expected the name of an environment variable"),
            new Wrong(simple("\"native-search-paths\": [{\"variable\": \"X\", \"files\": [\"../x\"]}]"),
                    "files[0]: found '../x', expected a path below the profile"),
            new Wrong(simple("\"native-search-paths\": [{\"variable\": \"X\", \"files\": [\"x\"], \"file-type\": \"door\"}]"),
                    "file-type: found 'door', expected directory, regular or symlink"),
            new Wrong(simple("\"source\": {}"), "a.source.uri: found neither 'file' nor 'uri', expected one of them"),
            new Wrong(simple("\"source\": {\"file\": \"/etc/passwd\"}"), "a.source.file: found '/etc/passwd', expected a path inside"),
            new Wrong(simple("\"source\": {\"file\": \"sources/../x\"}"), "expected a path inside the channel, without '..'"),
            new Wrong(simple("\"source\": {\"file\": \"sources/none\"}"), "found 'sources/none', which does not exist"),
            new Wrong(simple("\"source\": {\"file\": \"sources/out\"}"), "found 'sources/out', a link that leads out of the channel"),
            new Wrong(simple("\"source\": {\"file\": \"sources/out/passwd\"}"), "a link that leads out of the channel"),
            new Wrong(simple("\"source\": {\"file\": \"sources/bad name\"}"), "expected a last component of letters, digits"),
            new Wrong(simple("\"source\": {\"uri\": \"https://x/y\", \"sha256\": \"abc\"}"),
                    "a.source.sha256: found 'abc', expected the SHA-256 of the file"),
            new Wrong(simple("\"source\": {\"uri\": \"https://x/y\"}"), "a.source.sha256: found nothing, expected the SHA-256"),
            new Wrong(simple("\"source\": {\"uri\": \"gopher://x/y\", \"sha256\": \"" + HASH + "\"}"),
                    "a.source.uri: found 'gopher://x/y', expected an https, http or file address"),
            new Wrong(simple("\"source\": {\"uri\": \"https://x/\", \"sha256\": \"" + HASH + "\"}"),
                    "a.source.file-name: found nothing, expected a name for the file"));

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
