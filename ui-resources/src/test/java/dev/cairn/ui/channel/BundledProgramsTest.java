// SPDX-License-Identifier: Apache-2.0
package dev.cairn.ui.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.packages.VersionOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Programs of packages that are made of written files, laid out in a folder with their references replaced, answer
 * as all programs of the channel do. Packages that are built by a script are tested by their builds.
 */
class BundledProgramsTest {
    private static final Pattern REFERENCE = Pattern.compile("#\\$([A-Za-z0-9][A-Za-z0-9-]*)(:[a-z]+)?");
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Program(String name, String version, Path file) {}

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyProgramSaysItsVersionAndHowToUseIt() throws IOException, InterruptedException {
        List<Program> programs = stage();
        assertThat(programs).hasSizeGreaterThan(30);
        for (Program program : programs) {
            String file = program.file().toString();
            assertThat(ProgramRun.of(List.of("/bin/sh", file, "--version"))).as(file)
                    .isEqualTo(new ProgramRun(0, program.name() + " " + program.version() + "\n"));
            ProgramRun help = ProgramRun.of(List.of("/bin/sh", file, "--help"));
            assertThat(help.code()).as(file).isZero();
            assertThat(help.output()).as(file).startsWith("Usage: " + program.name()).contains("--version");
            assertThat(ProgramRun.of(List.of("/bin/sh", file, "--no-such-option")).code()).as(file).isEqualTo(2);
        }
    }

    @Test
    void greetsInEveryVersion() throws IOException, InterruptedException {
        Map<String, String> greetings = new TreeMap<>();
        for (Program program : stage()) {
            if (program.name().equals("hello")) {
                greetings.put(program.version(), ProgramRun.of(List.of("/bin/sh", program.file().toString())).output());
            }
        }
        assertThat(greetings).containsOnlyKeys("1.0", "2.0", "2.1").containsValue("Hello, world!\n");
    }

    private List<Program> stage() throws IOException {
        BundledChannel channel = BundledChannel.open();
        List<Program> programs = new ArrayList<>();
        for (Path file : channel.files("packages")) {
            JsonNode root = JSON.readTree(file.toFile());
            for (JsonNode definition : root.isArray() ? root.values() : List.of(root)) {
                if (definition.path("build-system").stringValue().equals("files")) {
                    stage(channel, definition, programs);
                }
            }
        }
        return programs;
    }

    /** Every version has a folder of its own, and the one without a version in its name is the newest's. */
    private void stage(BundledChannel channel, JsonNode definition, List<Program> programs) throws IOException {
        String name = definition.path("name").stringValue();
        String version = definition.path("version").stringValue();
        Path target = folder.resolve(name + "@" + version);
        boolean newest = channel.packages().stream()
                .filter(p -> p.name().equals(name))
                .noneMatch(p -> VersionOrder.INSTANCE.compare(p.version(), version) > 0);
        if (newest && !Files.exists(folder.resolve(name))) {
            Files.createSymbolicLink(folder.resolve(name), target);
        }
        Path source = channel.folder().resolve(definition.path("source").path("file").asString(""));
        for (Map.Entry<String, JsonNode> entry : definition.at("/arguments/files/out").properties()) {
            Path file = target.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            if (entry.getValue().has("from")) {
                String text = Files.readString(source.resolve(entry.getValue().path("from").stringValue()));
                Files.writeString(
                        file, entry.getValue().path("substitute").asBoolean(false) ? replaced(text, target) : text);
            }
            if (entry.getKey().startsWith("bin/")) {
                programs.add(new Program(entry.getKey().substring("bin/".length()), version, file));
            }
        }
    }

    private String replaced(String text, Path output) {
        return REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(
                match.group(1).equals("output") ? output.toString() : folder.resolve(match.group(1)).toString()));
    }
}
