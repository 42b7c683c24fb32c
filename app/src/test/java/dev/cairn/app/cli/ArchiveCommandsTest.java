// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Installation;
import dev.cairn.app.Workspace;
import dev.cairn.testing.debian.DebWriter;
import dev.cairn.testing.debian.MiniArchive;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line on archives, from the first pull to the collection of garbage. */
class ArchiveCommandsTest {
    @TempDir
    private Path folder = Path.of("/");

    private Path machine = Path.of("/");
    private MiniArchive archive = MiniArchive.in(Path.of("/"));
    private String out = "";
    private String err = "";

    @BeforeEach
    void makeMachine() throws Exception {
        machine = folder.resolve("machine");
        archive = MiniArchive.in(machine.resolve("archive"));
        archive.suite("stable")
                .add("main", deb("libc", "1:2.0~rc1-1"), deb("tool", "1.0-1").depends("libc (>= 1:2.0~)"))
                .add("main", deb("broken", "1.0").depends("libc (>= 1:9)"));
        archive.write();
        Files.createDirectories(machine.resolve("etc/apt"));
        Files.writeString(machine.resolve("etc/os-release"), "ID=mini\n");
        Files.writeString(machine.resolve("etc/apt/sources.list"), line(archive, "stable"));
    }

    private static DebWriter deb(String name, String version) {
        return DebWriter.of(name, version).program(name, "#!/bin/sh\necho " + name + " " + version + "\n");
    }

    /** As on that machine, where keyrings are looked for as well. */
    private String line(MiniArchive archive, String suite) {
        return "deb [arch=amd64 signed-by=/" + machine.relativize(archive.keyring()) + "] " + archive.address() + " "
                + suite + " main\n";
    }

    private int run(String... arguments) {
        Map<String, String> environment = Map.of("HOME", folder.resolve("home").toString(), "USER", "tester");
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Installation installation = new Installation(Optional.of(folder.resolve("nothing")));
        int code = CommandLineProgram.on(
                        environment,
                        InputStream.nullInputStream(),
                        answer,
                        said,
                        choices -> Workspace.of(environment, choices, installation, machine))
                .run(arguments);
        out = answer.toString(StandardCharsets.UTF_8);
        err = said.toString(StandardCharsets.UTF_8);
        return code;
    }

    private void must(String... arguments) {
        assertThat(run(arguments)).as(String.join(" ", arguments) + "\n" + out + err).isZero();
    }

    @Test
    void offersToFetchWhatWasNeverFetched() {
        assertThat(run("install", "tool")).isEqualTo(ExitCode.FAILURE);
        assertThat(err).contains("hint:").contains("'cairn pull'");
        must("channel", "list");
        assertThat(out).startsWith("mini (priority 20): the archives of this machine").contains("never fetched");
    }

    @Test
    void installsUpgradesRollsBackAndForgets() throws Exception {
        must("pull");
        assertThat(out).contains("mini: fetched").contains("3 packages");
        must("search", "tool");
        assertThat(out).startsWith("tool\t").contains("1.0-1");
        must("install", "tool");
        assertThat(out).contains("  tool 1.0-1\n", "  libc 1:2.0~rc1-1  (needed by tool)\n", "Generation 1");
        must("show", "tool");
        assertThat(out).contains("architecture: amd64", "dependencies: libc");
        must("upgrade");
        assertThat(err).contains("everything is up to date");

        archive.suite("stable").remove("libc").add("main", deb("libc", "1:2.0-1"));
        archive.write();
        must("pull");
        must("upgrade");
        assertThat(out).contains("  libc 1:2.0~rc1-1 -> 1:2.0-1  (needed by tool)").doesNotContain("tool 1.0-1 ");
        must("list");
        assertThat(out).contains("tool\t").contains("1.0-1");

        must("roll-back");
        must("remove", "tool");
        must("list");
        assertThat(out).isEmpty();
        must("delete-generations");
        must("gc");
        assertThat(out + err).contains("deleted");
    }

    @Test
    void rememberWhatWasSaidOfPackages() throws Exception {
        archive.suite("stable")
                .add("main", deb("rich", "1.0").field("Recommends", "extra"), deb("extra", "1.0"));
        archive.write();
        must("pull");
        must("install", "--no-recommends", "rich", "tool=1.0-1");
        assertThat(out).contains("  rich 1.0\n").doesNotContain("extra");
        archive.suite("stable").remove("rich").remove("tool")
                .add("main", deb("rich", "2.0").field("Recommends", "extra"), deb("tool", "2.0-1"));
        archive.write();
        must("pull");
        must("upgrade");
        assertThat(out).contains("  rich 1.0 -> 2.0\n").doesNotContain("extra").doesNotContain("tool");
        assertThat(err).contains("'tool@1.0-1' stays");
        must("install", "--recommends", "rich");
        assertThat(out).contains("  extra 1.0  (needed by rich)\n");
        must("install", "tool");
        assertThat(out).contains("  tool 1.0-1 -> 2.0-1\n");

        Files.writeString(machine.resolve("etc/apt/apt.conf"), "APT::Install-Recommends \"no\";\n");
        must("-p", "other", "install", "rich");
        assertThat(out).doesNotContain("extra");
    }

    @Test
    void tellsWhatIsLeftOutWithThePackageThatBroughtIt() throws Exception {
        archive.suite("stable").add(
                "main",
                deb("server", "1.0").depends("server-common, libc"),
                DebWriter.of("server-common", "1.0")
                        .field("Source", "server")
                        .script("postinst", "#!/bin/sh\nset -e\nif [ \"$1\" = configure ]; then\n"
                                + "    deb-systemd-invoke start server.service >/dev/null || true\nfi\n"));
        archive.write();
        must("pull");
        must("install", "server", "tool");
        must("show", "server");
        assertThat(out).contains("server-common: starts the system service 'server'");
        must("show", "tool");
        assertThat(out).doesNotContain("starts the system service");
    }

    @Test
    void followsTheGraphOfWhatIsInstalled() throws Exception {
        must("pull");
        must("install", "tool");
        archive.suite("stable").remove("libc").add("main", deb("libc", "1:2.0-1"));
        archive.write();
        must("pull");
        must("graph", "--path", "--type", "references", "tool", "libc");
        assertThat(out.lines()).hasSize(2).last().asString().endsWith("-libc-1_2.0_rc1-1");
    }

    @Test
    void addsFoldersByRelativeNames() {
        assertThat(run("channel", "add", "mine", "./no/such-folder")).isEqualTo(ExitCode.FAILURE);
        assertThat(err).contains(Path.of("").toAbsolutePath() + "/no/such-folder");
    }

    @Test
    void saysWhatOfTheConfigurationItCannotFollow() throws Exception {
        Files.writeString(
                machine.resolve("etc/apt/sources.list"),
                line(archive, "stable")
                        + "deb cdrom:[Mini]/ stable main\ndeb tor+http://example.org/debian stable main\n");
        must("pull");
        assertThat(out)
                .contains("  /etc/apt/sources.list:2\n    problem: ")
                .contains("  /etc/apt/sources.list:3\n    problem: ")
                .contains("3 packages");
    }

    @Test
    void saysWhyPackagesCannotBeHad() {
        must("pull");
        assertThat(run("install", "broken")).isEqualTo(ExitCode.FAILURE);
        assertThat(err).contains("broken").contains("libc").contains("1:9");
    }

    @Test
    void profilesAndArchivesStandSideBySide() throws Exception {
        MiniArchive other = MiniArchive.in(machine.resolve("other"));
        other.suite("new").add("main", deb("tool", "2.0-1"));
        other.write();
        must("channel", "add", "newer", line(other, "new").strip());
        must("pull");

        must("install", "tool");
        assertThat(out).contains("tool 1.0-1");
        must("-p", "play", "install", "tool@2.0");
        assertThat(out).contains("tool 2.0-1");
        must("list");
        assertThat(out).contains("1.0-1").doesNotContain("2.0-1");

        must("channel", "priority", "newer", "30");
        must("upgrade");
        assertThat(out).contains("tool 1.0-1 -> 2.0-1");
    }

    @Test
    void sourceThatCannotBeHadHoldsUpNoOther() throws Exception {
        Files.writeString(
                machine.resolve("etc/apt/sources.list"), line(archive, "stable") + line(archive, "missing"));
        must("pull");
        assertThat(out).contains("problem:").contains("3 packages");

        Files.writeString(machine.resolve("etc/apt/sources.list"), line(archive, "missing"));
        must("channel", "disable", "mini");
        must("channel", "add", "gone", line(archive, "missing").strip());
        assertThat(run("pull")).isEqualTo(ExitCode.FAILURE);
        assertThat(err).contains("error: nothing could be fetched from channel gone");
    }

    @Test
    void refusesAPackageThatIsNotThatOfTheIndex() throws Exception {
        must("pull");
        DebWriter promised = deb("tool", "1.0-1").depends("libc (>= 1:2.0~)");
        byte[] other = promised.octets();
        other[other.length / 2] ^= 1;
        Files.write(archive.file(promised, "main"), other);
        assertThat(run("install", "tool")).isEqualTo(ExitCode.FAILURE);
        assertThat(err).contains("tool_1.0-1_amd64.deb").containsIgnoringCase("hash");
        must("list");
        assertThat(out).isEmpty();
    }

    @Test
    void supersededFileOffersToFetchAgain() throws Exception {
        must("pull");
        Files.delete(archive.file(deb("tool", "1.0-1").depends("libc (>= 1:2.0~)"), "main"));
        assertThat(run("install", "tool")).isEqualTo(ExitCode.FAILURE);
        assertThat(err).contains("cairn pull");
    }
}
