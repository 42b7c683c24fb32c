// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units for systemd, as far as systemd's own tool can tell. */
class UnitsTest {
    private static final Path TOOL = Path.of("/usr/bin/systemd-analyze");

    @TempDir
    private Path folder;

    @Test
    void areWhatSystemdUnderstands() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(TOOL), "needs systemd-analyze (apt install systemd)");
        List<String> command = new ArrayList<>(List.of(TOOL.toString(), "verify", "--man=no"));
        try (Stream<Path> units = Files.list(Path.of("src/linux"))) {
            for (Path unit : units.filter(UnitsTest::isUnit).sorted().toList()) {
                // The program's place is to be filled in.
                String text = Files.readString(unit).replace("ExecStart=/opt/cairn/bin/cairn", "ExecStart=/bin/true");
                command.add(Files.writeString(folder.resolve(unit.getFileName()), text).toString());
            }
        }
        assertThat(command).hasSize(6);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        // It may also speak of units of this machine's own.
        assertThat(said.lines().filter(line -> line.contains("cairn"))).isEmpty();
    }

    private static boolean isUnit(Path file) {
        return file.toString().endsWith(".service") || file.toString().endsWith(".socket");
    }
}
