// SPDX-License-Identifier: Apache-2.0
package dev.cairn.nar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.error.FormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NarReaderTest {
    @Test
    void writerOnReaderCopies() throws Exception {
        byte[] archive = sample();
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(copy);
        NarReader reader = new NarReader(new ByteArrayInputStream(archive));
        reader.read(writer);
        writer.finish();
        reader.expectEnd();
        assertThat(copy.toByteArray()).isEqualTo(archive);
        assertThat(reader.bytesRead()).isEqualTo(archive.length);
    }

    @Test
    void refusesEveryTruncation() throws Exception {
        byte[] archive = sample();
        for (int length = 0; length < archive.length; length++) {
            NarReader reader = new NarReader(new ByteArrayInputStream(archive, 0, length));
            assertThatThrownBy(() -> reader.read(new NarWriter(new ByteArrayOutputStream())))
                    .as("the first %d octets", length)
                    .isInstanceOf(FormatException.class);
        }
    }

    private static byte[] sample() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(out);
        writer.directoryStart();
        writer.entry("bin");
        writer.directoryStart();
        writer.entry("hello");
        writer.regular(true, "#!/bin/sh\necho hello\n".getBytes(StandardCharsets.US_ASCII));
        writer.directoryEnd();
        writer.entry("größe");
        writer.regular(false, new byte[0]);
        writer.entry("link");
        writer.symlink("bin/hello");
        writer.directoryEnd();
        writer.finish();
        return out.toByteArray();
    }
}
