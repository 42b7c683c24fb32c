// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdScriptTest {
    private static final String TEXT = "one\ntwo\nthree\nfour\n";

    private static String apply(String script, String text) throws FormatException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EdScript.read(script.getBytes(StandardCharsets.UTF_8))
                .apply(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void addsChangesAndDeletesLines() throws Exception {
        assertThat(apply("", TEXT)).isEqualTo(TEXT);
        assertThat(apply("4a\nfive\nsix\n.\n2,3c\nboth\n.\n0a\nzero\n.\n", TEXT))
                .isEqualTo("zero\none\nboth\nfour\nfive\nsix\n");
        assertThat(apply("3d\n1d\n", TEXT)).isEqualTo("two\nfour\n");
        assertThat(apply("1,4d\n", TEXT)).isEmpty();
        assertThat(apply("2a\n..\n.\n", TEXT)).isEqualTo("one\ntwo\n..\nthree\nfour\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "x\n", "1\n", "1a\nno end\n", "1a\n", "2,1d\n", "0d\n", "0,1c\nx\n.\n", "1,2a\nx\n.\n", "1d\n2d\n", "2,4d\n3d\n",
        "1a\n..\n.\ns/.//\n", "99999999999d\n", "5d\n", "9a\nx\n.\n"
    })
    void refusesWhatIsNoScriptForTheText(String script) {
        assertThatThrownBy(() -> apply(script, TEXT)).isInstanceOf(FormatException.class);
    }

    @Test
    void doesWhatDiffSays(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/diff")), "skipped: this machine has no diff");
        Random random = new Random(3);
        for (int round = 0; round < 20; round++) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                lines.add("line " + random.nextInt(50));
            }
            Path old = Files.write(folder.resolve("old"), lines);
            for (int i = 0; i < 60; i++) {
                int at = random.nextInt(lines.size());
                switch (random.nextInt(3)) {
                    case 0 -> lines.add(at, "new " + i);
                    case 1 -> lines.remove(at);
                    default -> lines.set(at, "changed " + i);
                }
            }
            Path changed = Files.write(folder.resolve("changed"), lines);
            Process diff = new ProcessBuilder("diff", "--ed", old.toString(), changed.toString()).start();
            String script = new String(diff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(apply(script, Files.readString(old))).isEqualTo(Files.readString(changed));
        }
    }
}
