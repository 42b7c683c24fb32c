// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.error.FormatException;
import dev.cairn.nar.NarReader;
import dev.cairn.nar.NarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

class NarFuzzTest {
    @FuzzTest(maxDuration = "3m")
    void takesOnlyWhatAWriterWouldWrite(byte[] input) throws IOException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(copy);
        NarReader reader = new NarReader(new ByteArrayInputStream(input));
        try {
            reader.read(writer);
        } catch (FormatException _) {
            assertThat(reader.bytesRead()).isLessThanOrEqualTo(input.length);
            return;
        }
        writer.finish();
        assertThat(copy.toByteArray()).isEqualTo(Arrays.copyOf(input, (int) reader.bytesRead()));
    }
}
