// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.encoding.ShellWord;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StoreDirectory;
import dev.cairn.profile.Profile;
import dev.cairn.testing.Namespaces;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchersTest {
    private static final String PACKAGE = "1111111111111111111111111111111a-tool-1";
    private static final String PROFILE = "2222222222222222222222222222222a-profile";
    private static final String NEXT_PROFILE = "3333333333333333333333333333333a-profile";

    private StoreLayout layout;
    private Profile profile;
    private Launchers launchers;

    @BeforeEach
    void makeStore(@TempDir Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        layout = new StoreLayout(StoreDirectory.GNU, folder.resolve("it's a store"));
        profile = new Profile(layout, layout.profiles().resolve("guix-profile"));
        launchers = new Launchers(layout);
        Path bin = layout.physicalStore().resolve(PACKAGE).resolve("bin");
        Files.createDirectories(bin);
        script(bin.resolve("arguments"), "for a; do printf '<%s>' \"$a\"; done");
        script(bin.resolve("shell"), "eval \"$1\"");
        Files.writeString(layout.physicalStore().resolve(PACKAGE).resolve("data"), "from the store");
        Path first = layout.physicalStore().resolve(PROFILE);
        Files.createDirectories(first.resolve("etc"));
        // A profile with one package: its folders are links to the package's.
        Files.createSymbolicLink(first.resolve("bin"), Path.of("/gnu/store", PACKAGE, "bin"));
        Files.writeString(first.resolve("etc/profile"), """
                # Comment.

                export PATH="${GUIX_PROFILE:-/gnu/store/%1$s}/bin${PATH:+:}$PATH"
                export TOOL_PATH="${GUIX_PROFILE:-/gnu/store/%1$s}/share/tool${TOOL_PATH:+:}$TOOL_PATH"
                export TOOL_DATA="${GUIX_PROFILE:-/gnu/store/%1$s}/data"
                """.formatted(PROFILE));
        Path second = layout.physicalStore().resolve(NEXT_PROFILE);
        Files.createDirectories(second.resolve("bin"));
        Files.createDirectories(second.resolve("sbin"));
        Files.createSymbolicLink(second.resolve("bin/arguments"), Path.of("/gnu/store", PACKAGE, "bin/arguments"));
        Files.createSymbolicLink(second.resolve("bin/dangling"), Path.of("/gnu/store", PACKAGE, "bin/absent"));
        Files.createSymbolicLink(second.resolve("sbin/served"), Path.of("/gnu/store", PACKAGE, "bin/shell"));
        Files.createDirectories(layout.profiles());
        switchTo(1, PROFILE);
        launchers.follow(profile);
    }

    @Test
    void makesOneLauncherPerProgramAndFollowsTheProfile() throws Exception {
        assertThat(launchers.programs()).containsExactly("arguments", "shell");
        switchTo(2, NEXT_PROFILE);
        launchers.follow(profile);
        assertThat(launchers.programs()).containsExactly("arguments", "served");
        switchTo(1, PROFILE);
        launchers.follow(profile);
        assertThat(launchers.programs()).containsExactly("arguments", "shell");
    }

    @Test
    void hasNoProgramsWithoutAProfile() throws Exception {
        Files.delete(profile.link());
        launchers.follow(profile);
        assertThat(launchers.programs()).isEmpty();
    }

    @Test
    void writesNothingOnASystemStore() throws Exception {
        Launchers system = new Launchers(StoreLayout.system());
        system.follow(new Profile(StoreLayout.system(), profile.link()));
        assertThat(Path.of("/bin/.cairn-run")).doesNotExist();
    }

    @Test
    void passesArgumentsOnToTheOctet() throws Exception {
        Namespaces.assumeUsable();
        Run run = run(List.of(launcher("arguments"), "a b", "", "x\ny", "$HOME `id` 'q' \"", "*", "--bwrap"));
        assertThat(run.out()).isEqualTo("<a b><><x\ny><$HOME `id` 'q' \"><*><--bwrap>");
        assertThat(run.code()).isZero();
    }

    @Test
    void passesStandardInputOn() throws Exception {
        Namespaces.assumeUsable();
        assertThat(run(List.of(launcher("shell"), "cat"), "line 1\nline 2", Map.of()).out())
                .isEqualTo("line 1\nline 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 126, 255})
    void endsWithTheProgramsExitCode(int code) throws Exception {
        Namespaces.assumeUsable();
        assertThat(run(List.of(launcher("shell"), "exit " + code)).code()).isEqualTo(code);
    }

    @Test
    void diesOfTheSignalThatTheProgramDiesOf() throws Exception {
        Namespaces.assumeUsable();
        assertThat(run(List.of(launcher("shell"), "kill -KILL $$")).code()).isEqualTo(128 + 9);
    }

    @Test
    void showsTheStoreReadOnlyAndTheRestAsItIs(@TempDir Path folder) throws Exception {
        Namespaces.assumeUsable();
        Files.writeString(folder.resolve("mine"), "x");
        Run run = run(List.of(launcher("shell"), "cat /gnu/store/" + PACKAGE + "/data; echo; "
                + "touch /gnu/store/new 2>/dev/null || echo refused; echo made > '" + folder + "/made'; id -u; "
                + "ls -di /tmp /dev /usr"));
        String host = run(List.of("/bin/sh", "-c", "id -u; ls -di /tmp /dev /usr")).out();
        assertThat(run.out()).isEqualTo("from the store\nrefused\n" + host);
        assertThat(folder.resolve("made")).hasContent("made");
    }

    @Test
    void keepsTheWorkingDirectoryEvenBelowTheStore() throws Exception {
        Namespaces.assumeUsable();
        Path below = layout.physicalStore().resolve(PACKAGE);
        Process process = new ProcessBuilder(launcher("shell"), "pwd -P; cat data")
                .directory(below.toFile())
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(below.toRealPath() + "\nfrom the store");
    }

    @Test
    void leavesTheEnvironmentAsItIsButForTheSearchPaths() throws Exception {
        Namespaces.assumeUsable();
        Map<String, String> own = Map.of("HOME", "/odd home", "root", "r", "store", "s", "TOOL_PATH", "/mine");
        String printed = run(List.of(launcher("shell"), "env"), "", own).out();
        String link = profile.link().toString();
        assertThat(printed.lines())
                .contains("HOME=/odd home", "root=r", "store=s", "TOOL_DATA=" + link + "/data",
                        "TOOL_PATH=" + link + "/share/tool:/mine")
                .noneMatch(line -> line.startsWith("_cairn") || line.startsWith("PERL_BADLANG"));
        assertThat(printed).contains("PATH=" + System.getenv("PATH") + "\n");
    }

    @Test
    void runsFromInsideAnotherLauncher() throws Exception {
        Namespaces.assumeUsable();
        Run run = run(List.of(launcher("shell"), ShellWord.quote(launcher("arguments")) + " a 'b c'"));
        assertThat(run.out()).isEqualTo("<a><b c>");
    }

    @Test
    void runsTheProgramOfTheGenerationThatIsCurrent() throws Exception {
        Namespaces.assumeUsable();
        switchTo(2, NEXT_PROFILE);
        // Before the launchers follow: the old name is there, its program is not.
        Run run = run(List.of(launcher("shell"), "true"));
        assertThat(run.code()).isEqualTo(127);
        assertThat(run.err()).contains("no program 'shell'");
        launchers.follow(profile);
        assertThat(run(List.of(launcher("served"), "echo $0")).out())
                .isEqualTo("/gnu/store/" + NEXT_PROFILE + "/sbin/served\n");
    }

    @Test
    void runsAProgramByNameAndSaysWhenThereIsNone() throws Exception {
        Namespaces.assumeUsable();
        assertThat(run(List.of(launcher(".cairn-run"), "arguments", "x y")).out()).isEqualTo("<x y>");
        assertThat(run(List.of(launcher(".cairn-run"), "/gnu/store/" + PACKAGE + "/bin/arguments", "z")).out())
                .isEqualTo("<z>");
        Run unknown = run(List.of(launcher(".cairn-run"), "frobnicate"));
        assertThat(unknown.code()).isEqualTo(127);
        assertThat(unknown.err()).contains("no program 'frobnicate'").contains("cairn search frobnicate");
        assertThat(run(List.of(launcher(".cairn-run"))).code()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--bwrap test"})
    void handsSignalsToTheProgramWhoseHandlerDecides(String way) throws Exception {
        Namespaces.assumeUsable();
        List<String> command = new ArrayList<>(List.of(launcher(".cairn-run")));
        command.addAll(way.isEmpty() ? List.of() : Arrays.asList(way.split(" ")));
        command.addAll(List.of("shell",
                "trap 'echo caught; exit 9' TERM; echo ready; while :; do sleep 0.05; done"));
        Process process = new ProcessBuilder(command).start();
        assertThat(process.getInputStream().readNBytes(6)).isEqualTo("ready\n".getBytes(StandardCharsets.UTF_8));
        process.toHandle().destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(9);
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("caught\n");
    }

    @Test
    void isTheProgramsOwnProcess() throws Exception {
        Namespaces.assumeUsable();
        Process process = new ProcessBuilder(launcher("shell"), "echo $$").start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(printed).isEqualTo(Long.toString(process.pid()));
    }

    @Test
    void runsOnATerminalWhereControlCArrivesOnce() throws Exception {
        Namespaces.assumeUsable();
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs script (apt install bsdutils)");
        Path log = layout.root().resolve("terminal");
        String program = "trap \"echo interrupted; seen=1\" INT; tty >/dev/null && echo terminal; "
                + "i=0; while [ -z \"$seen\" ] && [ $i -lt 300 ]; do i=$((i + 1)); sleep 0.1; done; sleep 0.3; echo end";
        // Tests that run in the background inherit that Ctrl-C is ignored, and no shell can trap it then.
        Process process = new ProcessBuilder("env", "--default-signal=INT", "/usr/bin/script", "-qfec",
                        ShellWord.quote(launcher("shell")) + " " + ShellWord.quote(program), log.toString())
                .redirectErrorStream(true)
                .start();
        byte[] ready = process.getInputStream().readNBytes("terminal".length());
        try (OutputStream keyboard = process.getOutputStream()) {
            keyboard.write(3);
            keyboard.flush();
            String rest = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(new String(ready, StandardCharsets.UTF_8)).isEqualTo("terminal");
            assertThat(rest.split("interrupted", -1)).hasSize(2);
            assertThat(rest).contains("end");
        }
    }

    @Test
    void startsManyTimesInARow() throws Exception {
        Namespaces.assumeUsable();
        Run run = run(List.of("/bin/sh", "-c",
                "i=0; while [ $i -lt 200 ]; do \"$0\" $i || exit 1; i=$((i + 1)); done", launcher("arguments")));
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("<0><1>").endsWith("<198><199>");
    }

    @Test
    void worksForAUserWithoutPrivileges() throws Exception {
        Namespaces.assumeUsable();
        Namespaces.assumeRoot();
        Run run = run(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                launcher("shell"), "id -u; cat /gnu/store/" + PACKAGE + "/data"));
        assertThat(run.out()).isEqualTo("65534\nfrom the store");
    }

    @Test
    void takesBubblewrapWherePerlIsMissing(@TempDir Path tools) throws Exception {
        Namespaces.assumeUsable();
        link(tools, "sh", "env", "cat", "readlink", "bwrap");
        Run run = run(List.of(launcher("arguments"), "a b", ""), "", Map.of("PATH", tools.toString()));
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("<a b><>");
        assertThat(run(List.of(launcher("shell"), "exit 5"), "", Map.of("PATH", tools.toString())).code())
                .isEqualTo(5);
    }

    @Test
    void saysWhatIsMissingAndHowToInstallIt(@TempDir Path tools) throws Exception {
        link(tools, "sh", "cat");
        Run run = run(List.of(launcher("arguments")), "", Map.of("PATH", tools.toString()));
        assertThat(run.code()).isEqualTo(126);
        assertThat(run.err())
                .contains("cannot run 'arguments'")
                .contains("perl is not installed")
                .contains("As root: apt install bubblewrap");
    }

    @Test
    void printsTheEnvironmentForAShell() throws Exception {
        String text = launchers.shellEnvironment(profile);
        String print = "printf '%s|%s|%s' \"$PATH\" \"$TOOL_PATH\" \"$TOOL_DATA\"";
        Map<String, String> own = Map.of("PATH", "/usr/bin", "TOOL_PATH", "/mine");
        String link = profile.link().toString();
        String expected = layout.launchers() + ":/usr/bin|" + link + "/share/tool:/mine|" + link + "/data";
        assertThat(run(List.of("/bin/sh", "-c", text + print), "", own).out()).isEqualTo(expected);
        assertThat(run(List.of("/bin/sh", "-c", text + text + print), "", own).out()).isEqualTo(expected);
    }

    private void switchTo(int number, String item) throws IOException {
        Path generation = layout.profiles().resolve("guix-profile-" + number + "-link");
        Files.deleteIfExists(generation);
        Files.createSymbolicLink(generation, Path.of("/gnu/store", item));
        Files.deleteIfExists(profile.link());
        Files.createSymbolicLink(profile.link(), generation.getFileName());
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-xr-x"));
    }

    private static void link(Path folder, String... programs) throws IOException {
        for (String program : programs) {
            Path file = Path.of("/usr/bin", program);
            Files.createSymbolicLink(folder.resolve(program), Files.exists(file) ? file : Path.of("/bin", program));
        }
    }

    private String launcher(String name) {
        return layout.launchers().resolve(name).toString();
    }

    private record Run(int code, String out, String err) {}

    private static Run run(List<String> command) throws Exception {
        return run(command, "", Map.of());
    }

    private static Run run(List<String> command, String input, Map<String, String> environment) throws Exception {
        Path err = Files.createTempFile("launch", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException _) {
                // The program did not want it.
            }
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }
}
