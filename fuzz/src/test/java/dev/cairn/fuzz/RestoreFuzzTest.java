// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.error.FormatException;
import dev.cairn.fs.FileTrees;
import dev.cairn.fs.NarFiles;
import dev.cairn.nar.NarReader;
import dev.cairn.nar.NarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class RestoreFuzzTest {
    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("cairn-fuzz");
    }

    @AfterEach
    void deleteFolder() throws IOException {
        FileTrees.delete(folder);
    }

    @FuzzTest(maxDuration = "3m")
    void writesNothingBesideItsTarget(byte[] input) throws IOException {
        // Links may lead up by as much as they like: what they reach must not change.
        Path above = Files.createDirectories(folder.resolve("above"));
        Path target = above.resolve("target");
        NarReader reader = new NarReader(new ByteArrayInputStream(input));
        boolean taken = true;
        try {
            reader.read(NarFiles.restore(target));
        } catch (FormatException _) {
            taken = false;
        }
        assertThat(FileTrees.entries(folder)).containsExactly(above);
        assertThat(FileTrees.entries(above)).isSubsetOf(List.of(target));
        if (taken) {
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            NarWriter writer = new NarWriter(copy);
            NarFiles.dump(target, writer);
            writer.finish();
            assertThat(copy.toByteArray()).isEqualTo(Arrays.copyOf(input, (int) reader.bytesRead()));
        }
        FileTrees.delete(above);
    }
}
