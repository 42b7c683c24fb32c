// SPDX-License-Identifier: Apache-2.0
package dev.cairn.ui.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sources of the bundled channel survive being packed, and are correct for the programs that read them. */
class BundledChannelSourcesTest {
    private static final BundledChannel CHANNEL = BundledChannel.open();

    @Test
    void everySourceIsUsed() throws IOException {
        StringBuilder definitions = new StringBuilder();
        for (Path file : CHANNEL.files("packages")) {
            definitions.append(Files.readString(file));
        }
        try (Stream<Path> sources = Files.list(CHANNEL.folder().resolve("sources"))) {
            assertThat(sources.map(s -> "\"sources/" + s.getFileName() + "\""))
                    .allMatch(definitions.toString()::contains);
        }
    }

    @Test
    void everySourceIsPlainText() throws IOException {
        for (Path file : CHANNEL.files("sources")) {
            // Archives of classes keep no execute bits: the definitions say what is a program.
            assertThat(Files.isExecutable(file)).as(file.toString()).isFalse();
            String text = Files.readString(file, StandardCharsets.UTF_8);
            assertThat(text)
                    .as(file.toString())
                    .isNotEmpty()
                    .endsWith("\n")
                    .doesNotContain("\r")
                    .doesNotStartWith("\ufeff");
        }
    }

    @Test
    void everyProgramNamesItsLicence() throws IOException {
        for (Path file : CHANNEL.files("sources")) {
            if (file.toString().matches(".*\\.(sh|awk|java)")) {
                assertThat(Files.readString(file)).as(file.toString()).contains("SPDX-License-Identifier: Apache-2.0");
            }
        }
    }

    @Test
    void everyShellProgramParses() throws IOException, InterruptedException {
        for (Path file : CHANNEL.files("sources")) {
            if (file.toString().endsWith(".sh")) {
                assertThat(ProgramRun.of(List.of("/bin/sh", "-n", file.toString()))).as(file.toString())
                        .isEqualTo(new ProgramRun(0, ""));
            }
        }
    }

    @Test
    void everyAwkProgramParses(@TempDir Path folder) throws IOException, InterruptedException {
        // Ends before the program begins: what is left of running it is reading it.
        Path stop = Files.writeString(folder.resolve("stop.awk"), "BEGIN { exit 0 }\nEND { exit 0 }\n");
        for (Path file : CHANNEL.files("sources")) {
            if (file.toString().endsWith(".awk")) {
                ProgramRun run = ProgramRun.of(List.of("awk", "-f", stop.toString(), "-f", file.toString()));
                // Functions of the libraries are missing here, which an awk may say; it must not stumble over syntax.
                assertThat(run.output()).as(file.toString()).doesNotContain("syntax error");
            }
        }
    }
}
