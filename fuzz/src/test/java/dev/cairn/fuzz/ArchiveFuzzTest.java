// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.archive.ArchiveException;
import dev.cairn.archive.ArchiveReader;
import dev.cairn.archive.ArchiveWriter;
import dev.cairn.nar.NarWriter;
import dev.cairn.path.StoreDirectory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

class ArchiveFuzzTest {
    @FuzzTest(maxDuration = "3m")
    void takesOnlyWhatAWriterWouldWrite(byte[] input) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(input);
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        try (ArchiveReader reader = new ArchiveReader(in, StoreDirectory.GNU)) {
            copy(reader, copy);
        } catch (ArchiveException _) {
            return;
        }
        assertThat(copy.toByteArray()).isEqualTo(Arrays.copyOf(input, input.length - in.available()));
    }

    private static void copy(ArchiveReader reader, ByteArrayOutputStream copy) throws IOException, ArchiveException {
        ArchiveWriter writer = new ArchiveWriter(copy);
        while (reader.next()) {
            writer.beginItem();
            try (ArchiveWriter.Item item = new ArchiveWriter.Item(copy)) {
                NarWriter nar = new NarWriter(item.contents());
                reader.contents(nar);
                nar.finish();
                item.describe(reader.description().description());
                item.sign(reader.signature());
            }
        }
        writer.end();
    }
}
