// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.derivation.Derivation;
import dev.cairn.hash.Hash;
import dev.cairn.manifest.SearchPathSpecification;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
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

class LoweringTest {
    private static final String SYSTEM = "x86_64-linux";

    @TempDir
    private Path folder;

    private final List<PackageDefinition> definitions = new ArrayList<>();

    @BeforeEach
    void makeSource() throws IOException {
        Path source = Files.createDirectories(folder.resolve("sources/hello-1"));
        Files.writeString(source.resolve("hello.sh"), "#!/bin/sh\nexec cat #$text@1/share/text \"#$output/x\"\n");
        Files.writeString(source.resolve("data"), "data\n");
    }

    /** A definition in the making. */
    private static final class Draft {
        private final String name;
        private Optional<Source> source = Optional.empty();
        private BuildSystem system = files(Map.of("share/text", new FileEntry.Text("text\n", false)));
        private List<String> inputs = List.of();
        private List<String> propagated = List.of();
        private List<String> outputs = List.of("out");
        private List<SearchPathSpecification> searchPaths = List.of();

        Draft(String name) {
            this.name = name;
        }

        PackageDefinition build() throws Exception {
            return new PackageDefinition(name, "1", source, system, parse(inputs), List.of(), parse(propagated),
                    outputs,
                    searchPaths, name, "", List.of(), Optional.empty(), new TreeMap<>(), "packages/a.json", 1, 1);
        }

        private static List<Specification> parse(List<String> texts) throws Exception {
            List<Specification> specifications = new ArrayList<>();
            for (String text : texts) {
                specifications.add(Specification.parse(text));
            }
            return specifications;
        }
    }

    private static BuildSystem files(Map<String, FileEntry> out) {
        return new BuildSystem.Files(new TreeMap<>(Map.of("out", new TreeMap<>(out))));
    }

    private static BuildSystem script(String script) {
        return new BuildSystem.Script(script, true, Optional.empty(), new TreeMap<>());
    }

    private PackageDefinition add(Draft draft) throws Exception {
        PackageDefinition definition = draft.build();
        definitions.add(definition);
        return definition;
    }

    private Lowered lower(PackageDefinition definition) throws PackageException {
        return new Lowering(new PackageSet(definitions), new SourceFolder(folder), StoreDirectory.GNU, SYSTEM)
                .lower(definition);
    }

    private PackageDefinition hello() throws Exception {
        add(new Draft("text"));
        Draft hello = new Draft("hello");
        hello.source = Optional.of(new Source.Local("sources/hello-1"));
        hello.system = files(Map.of(
                "bin/hello", new FileEntry.Copy("hello.sh", true, true),
                "share/data", new FileEntry.Copy("data", false, false),
                "bin/h", new FileEntry.Link("#$output/bin/hello")));
        return add(hello);
    }

    @Test
    void givesTheSamePathsEverywhere() throws Exception {
        PackageDefinition hello = hello();
        Draft script = new Draft("scripted");
        script.source = Optional.of(new Source.Local("sources/hello-1"));
        script.outputs = List.of("out", "doc");
        script.inputs = List.of("text");
        script.system = script("mkdir -p #$output/bin #$output:doc\ncp #$source/hello.sh #$hello/share/data "
                + "#$output/bin\n");
        add(script);
        Draft archive = new Draft("unpacked");
        archive.source = Optional.of(new Source.Download(
                List.of("https://example.org/a.tar.gz", "https://example.net/a.tar.gz"),
                Hash.sha256("a".getBytes(StandardCharsets.UTF_8)),
                "a.tar.gz"));
        archive.system = new BuildSystem.Archive(1);
        add(archive);
        // Recorded from Cairn itself: a change here changes the paths of every package that anybody has.
        List<String> paths = new ArrayList<>();
        for (PackageDefinition definition : List.of(hello, script.build(), archive.build())) {
            paths.add(lower(definition).derivation().path().toString());
        }
        assertThat(paths).containsExactly(
                "/gnu/store/bv2qaa3nwmfkbxshnvfb2i8jlyna0a5p-hello-1.drv",
                "/gnu/store/6z3np8wb8y5jdzgy5sm6id11vz72flm3-scripted-1.drv",
                "/gnu/store/rgdlh80rssrp35hsz5bcq0pks1px408m-unpacked-1.drv");
    }

    @Test
    void doesNotDependOnWhereTheChannelIs() throws Exception {
        PackageDefinition hello = hello();
        StorePath here = lower(hello).derivation().path();
        Path elsewhere = folder.resolve("some/where/else");
        Files.createDirectories(elsewhere);
        Files.move(folder.resolve("sources"), elsewhere.resolve("sources"));
        Lowering lowering = new Lowering(
                new PackageSet(definitions.reversed()), new SourceFolder(elsewhere), StoreDirectory.GNU, SYSTEM);
        assertThat(lowering.lower(hello).derivation().path()).isEqualTo(here);
    }

    @Test
    void dependsOnTheSystemAndTheSource() throws Exception {
        PackageDefinition hello = hello();
        StorePath before = lower(hello).derivation().path();
        Lowering other =
                new Lowering(new PackageSet(definitions), new SourceFolder(folder), StoreDirectory.GNU,
                        "aarch64-linux");
        assertThat(other.lower(hello).derivation().path()).isNotEqualTo(before);
        Files.writeString(folder.resolve("sources/hello-1/data"), "other\n");
        assertThat(lower(hello).derivation().path()).isNotEqualTo(before);
    }

    @Test
    void writesPathsIntoTheSpecificationOfFiles() throws Exception {
        PackageDefinition definition = hello();
        Lowered hello = lower(definition);
        Derivation derivation = hello.derivation().derivation();
        assertThat(derivation.builder()).isEqualTo("builtin:write-files");
        StorePath text = lower(definitions.getFirst()).derivation().output("out");
        Addition.Text specification = texts(hello).getFirst();
        assertThat(derivation.environment()).containsEntry("specification", specification.path().toString());
        assertThat(derivation.inputSources()).contains(specification.path()).hasSize(2);
        StorePath source = derivation.inputSources().stream()
                .filter(path -> path.name().equals("hello-1"))
                .findFirst()
                .orElseThrow();
        assertThat(new String(specification.contents(), StandardCharsets.UTF_8)).isEqualTo(
                "{\"out\":{\"bin/h\":{\"symlink\":\"#$output/bin/hello\"},"
                        + "\"bin/hello\":{\"text\":\"#!/bin/sh\\nexec cat " + text
                        + "/share/text \\\"#$output/x\\\"\\n\",\"executable\":true},"
                        + "\"share/data\":{\"copy\":\"" + source + "/data\"}}}");
        assertThat(derivation.inputDerivations()).containsOnlyKeys(
                lower(definitions.getFirst()).derivation().path());
    }

    @Test
    void downloadsBeforeUnpacking() throws Exception {
        Draft archive = new Draft("unpacked");
        archive.source = Optional.of(new Source.Download(
                List.of("https://example.org/a.tar.gz"), Hash.sha256(new byte[0]), "a.tar.gz"));
        archive.system = new BuildSystem.Archive(2);
        Derivation derivation = lower(add(archive)).derivation().derivation();
        assertThat(derivation.builder()).isEqualTo("builtin:unpack");
        assertThat(derivation.environment()).containsEntry("strip", "2");
        assertThat(derivation.environment().get("src")).endsWith("-a.tar.gz");
        assertThat(derivation.inputDerivations().keySet()).singleElement()
                .satisfies(path -> assertThat(path.name()).isEqualTo("a.tar.gz.drv"));
    }

    @Test
    void givesScriptsWhatInputsHaveAndPropagate() throws Exception {
        add(new Draft("deep"));
        Draft middle = new Draft("middle");
        middle.propagated = List.of("deep");
        middle.searchPaths = List.of(new SearchPathSpecification(
                "DATA_PATH", List.of("share/data"), Optional.of(":"), "directory", Optional.empty()));
        add(middle);
        Draft top = new Draft("top");
        top.propagated = List.of("middle");
        add(top);
        Draft user = new Draft("user");
        user.inputs = List.of("top");
        user.system = new BuildSystem.Script(
                "echo ${x} #$output\n", true, Optional.empty(), new TreeMap<>(Map.of("X", "#$deep/share")));
        Lowered lowered = lower(add(user));
        Derivation derivation = lowered.derivation().derivation();
        String topPath = output("top");
        String middlePath = output("middle");
        String deepPath = output("deep");
        assertThat(derivation.builder()).isEqualTo("/bin/sh");
        assertThat(derivation.arguments()).containsExactly("-e", texts(lowered).getFirst().path().toString());
        assertThat(derivation.environment())
                .containsEntry("PATH", topPath + "/bin:" + middlePath + "/bin:" + deepPath + "/bin:/usr/bin:/bin")
                .containsEntry("hostTools", "1")
                .containsEntry("X", deepPath + "/share");
        assertThat(new String(texts(lowered).getFirst().contents(), StandardCharsets.UTF_8))
                .startsWith("for cairn_path in '" + topPath + "/share/data' '" + middlePath + "/share/data' '"
                        + deepPath
                        + "/share/data'; do\n")
                .endsWith("done\necho ${x} ${out}\n");
        assertThat(derivation.inputDerivations()).hasSize(3);
    }

    @Test
    void setsSearchPathsToWhatIsThere() throws Exception {
        Draft input = new Draft("input");
        input.searchPaths = List.of(
                new SearchPathSpecification(
                        "LIST", List.of("a", "b", "c"), Optional.of(";"), "directory", Optional.empty()),
                new SearchPathSpecification("ONE", List.of("c", "b"), Optional.empty(), "directory", Optional.empty()));
        add(input);
        Draft user = new Draft("user");
        user.inputs = List.of("input");
        user.system = script("echo \"$LIST $ONE\"\n");
        Lowered lowered = lower(add(user));
        String path = output("input");
        String code = new String(texts(lowered).getFirst().contents(), StandardCharsets.UTF_8)
                .replace(path, folder.toString());
        Files.createDirectory(folder.resolve("a"));
        Files.createDirectory(folder.resolve("b"));
        Process shell = new ProcessBuilder("/bin/sh", "-e", "-c", code).redirectErrorStream(true).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(folder + "/a;" + folder + "/b " + folder + "/b\n");
    }

    @Test
    void runsPureScriptsWithAnInputsShell() throws Exception {
        add(new Draft("busybox"));
        Draft user = new Draft("user");
        user.system = new BuildSystem.Script("true\n", false, Optional.of("#$busybox/bin/sh"), new TreeMap<>());
        Lowered lowered = lower(add(user));
        assertThat(lowered.derivation().derivation().builder()).isEqualTo(output("busybox") + "/bin/sh");
        assertThat(lowered.derivation().derivation().environment()).doesNotContainKey("hostTools");
        assertThat(lowered.impure()).isFalse();
    }

    @Test
    void isImpureWhenAnInputIs() throws Exception {
        Draft input = new Draft("input");
        input.system = script("mkdir $out\n");
        add(input);
        Draft user = new Draft("user");
        user.inputs = List.of("input");
        assertThat(lower(add(user)).impure()).isTrue();
    }

    @Test
    void namesBothPackagesOfAnUnknownReference() throws Exception {
        add(new Draft("known"));
        Draft user = new Draft("user");
        user.system = script("cat #$knwon/share\n");
        PackageDefinition definition = add(user);
        assertThatThrownBy(() -> lower(definition))
                .isInstanceOf(PackageException.UnknownInput.class)
                .hasMessage("'user@1' (packages/a.json:1) needs 'knwon', but the channel has no such package")
                .extracting(e -> ((PackageException) e).hint().orElseThrow())
                .isEqualTo("Did you mean known?");
    }

    @Test
    void namesThePackagesOfACircle() throws Exception {
        Draft a = new Draft("a");
        a.inputs = List.of("b");
        Draft b = new Draft("b");
        b.system = script("cat #$a\n");
        PackageDefinition first = add(a);
        add(b);
        assertThatThrownBy(() -> lower(first))
                .isInstanceOf(PackageException.Cycle.class)
                .hasMessage("packages need each other in a circle: a@1 needs b@1 needs a@1");
    }

    @Test
    void refusesOwnOutputsWhereTheyCannotBeKnown() throws Exception {
        Draft user = new Draft("user");
        user.system = new BuildSystem.Script("true\n", true, Optional.empty(), new TreeMap<>(Map.of("X", "#$output")));
        PackageDefinition definition = add(user);
        assertThatThrownBy(() -> lower(definition)).hasMessageContaining("can be used in the script, not in its shell");
    }

    private String output(String name) throws PackageException {
        PackageDefinition definition = definitions.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        return lower(definition).derivation().output("out").toString();
    }

    private static List<Addition.Text> texts(Lowered lowered) {
        return lowered.additions().stream()
                .filter(Addition.Text.class::isInstance)
                .map(Addition.Text.class::cast)
                .toList();
    }
}
