// SPDX-License-Identifier: Apache-2.0
package dev.cairn.nar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.testing.Golden;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class NarTeeTest {
    @Test
    void givesBothTheWholeArchive() throws Exception {
        for (JsonNode vector : Golden.json("nar/inputs.json").get("inputs")) {
            if (vector.get("accepted").asBoolean()) {
                byte[] input = Golden.hex(vector, "octets");
                ByteArrayOutputStream first = new ByteArrayOutputStream();
                ByteArrayOutputStream second = new ByteArrayOutputStream();
                NarWriter writer = new NarWriter(first);
                NarWriter other = new NarWriter(second);
                new NarReader(new ByteArrayInputStream(input)).read(new NarTee(writer, other));
                writer.finish();
                other.finish();
                assertThat(first.toByteArray()).isEqualTo(input);
                assertThat(second.toByteArray()).isEqualTo(input);
            }
        }
    }

    @Test
    void writesContentsThatTheOtherLeaves() throws Exception {
        byte[] contents = new byte[700_000];
        contents[699_999] = 1;
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        NarWriter plain = new NarWriter(expected);
        plain.regular(true, contents);
        plain.finish();
        for (int wanted : new int[] {0, 1, 300_000, 700_000}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            NarWriter writer = new NarWriter(out);
            new NarTee(writer, new Taking(wanted))
                    .regular(true, contents.length, new ByteArrayInputStream(contents));
            writer.finish();
            assertThat(out.toByteArray()).isEqualTo(expected.toByteArray());
        }
    }

    @Test
    void noticesFilesThatChange() throws Exception {
        NarTee tee = new NarTee(new NarWriter(new ByteArrayOutputStream()), new Taking(100));
        assertThatThrownBy(() -> tee.regular(false, 5, new ByteArrayInputStream(new byte[6])))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than");
        NarTee other = new NarTee(new NarWriter(new ByteArrayOutputStream()), new Taking(100));
        assertThatThrownBy(() -> other.regular(false, 5, new ByteArrayInputStream(new byte[4])))
                .isInstanceOf(EOFException.class);
    }

    /** Reads so much of every file and nothing else. */
    private record Taking(int wanted) implements NarSink {
        @Override
        public void regular(boolean executable, long size, InputStream contents) throws IOException {
            contents.readNBytes(wanted);
        }

        @Override
        public void symlink(String target) {}

        @Override
        public void directoryStart() {}

        @Override
        public void entry(String name) {}

        @Override
        public void directoryEnd() {}
    }
}
