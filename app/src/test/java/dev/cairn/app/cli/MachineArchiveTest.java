// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Installation;
import dev.cairn.app.Workspace;
import dev.cairn.testing.Namespaces;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A few real packages of the archives that this machine's own apt names, from the first fetch to a running program. */
class MachineArchiveTest {
    @TempDir
    private Path folder = Path.of("/");

    private String out = "";
    private String err = "";

    private int run(String... arguments) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("XDG_") || name.startsWith("CAIRN_"));
        environment.put("HOME", folder.resolve("home").toString());
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Installation none = new Installation(Optional.of(folder.resolve("nothing")));
        int code = CommandLineProgram.on(
                        environment,
                        InputStream.nullInputStream(),
                        answer,
                        said,
                        choices -> Workspace.of(environment, choices, none, Path.of("/")))
                .run(arguments);
        out = answer.toString(StandardCharsets.UTF_8);
        err = said.toString(StandardCharsets.UTF_8);
        return code;
    }

    private void must(String... arguments) {
        assertThat(run(arguments)).as(String.join(" ", arguments) + "\n" + out + err).isZero();
    }

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void installsAndRunsRealPackages() throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/apt-get")), "skipped: this machine has no apt to name archives");
        Namespaces.assumeUsable();
        Assumptions.assumeTrue(run("pull") == 0, () -> "skipped: no archive of this machine's apt can be had: " + err);
        Assumptions.assumeTrue(run("show", "jq") == 0, () -> "skipped: no archive of this machine's apt has jq");

        // Some hundred packages are chosen; nothing is fetched for that.
        must("install", "--dry-run", "gnome-calculator");
        assertThat(out)
                .contains("  gnome-calculator ")
                .containsPattern("\\blibc6 [0-9]")
                .containsPattern("\\blibgtk-[34]\\S+ [0-9]");

        must("install", "jq");
        assertThat(out).contains("Generation 1");
        Path launcher = folder.resolve("home/.local/share/cairn/bin/jq");
        assertThat(launcher).isExecutable();
        Process program = new ProcessBuilder(launcher.toString(), "-n", "[6, 7] | .[0] * .[1]")
                .redirectErrorStream(true)
                .start();
        program.getOutputStream().close();
        assertThat(new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("42\n");
        assertThat(program.waitFor()).isZero();

        must("graph", "--path", "--type", "references", "jq", "libc6");
        assertThat(out.lines()).hasSizeGreaterThan(1);
        must("upgrade");
        assertThat(err).contains("everything is up to date");
    }
}
