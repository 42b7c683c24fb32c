// SPDX-License-Identifier: Apache-2.0
package dev.cairn.nar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NarWriterTest {
    private NarWriter writer;

    @BeforeEach
    void open() throws IOException {
        writer = new NarWriter(new ByteArrayOutputStream());
    }

    @Test
    void refusesEntriesOutOfOrder() throws IOException {
        writer.directoryStart();
        writer.entry("b");
        writer.symlink("x");
        assertThatThrownBy(() -> writer.entry("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesTheSameEntryTwice() throws IOException {
        writer.directoryStart();
        writer.entry("a");
        writer.symlink("x");
        assertThatThrownBy(() -> writer.entry("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesCallsThatMakeNoTree() throws IOException {
        assertThatThrownBy(() -> writer.entry("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> writer.directoryEnd()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> writer.finish()).isInstanceOf(IllegalStateException.class);
        writer.symlink("x");
        assertThatThrownBy(() -> writer.symlink("y")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesNamesThatFilesCannotHave() throws IOException {
        writer.directoryStart();
        for (String name : new String[] {"", ".", "..", "a/b", "a\0b", "x".repeat(256), "\ud83d"}) {
            assertThatThrownBy(() -> writer.entry(name)).as(name).isInstanceOf(IOException.class);
        }
    }

    @Test
    void noticesFilesThatChangeWhileTheyAreRead() {
        ByteArrayInputStream three = new ByteArrayInputStream(new byte[3]);
        assertThatThrownBy(() -> writer.regular(false, 4, three)).isInstanceOf(IOException.class);
    }

    @Test
    void noticesFilesThatGrowWhileTheyAreRead() {
        ByteArrayInputStream five = new ByteArrayInputStream(new byte[5]);
        assertThatThrownBy(() -> writer.regular(false, 4, five)).isInstanceOf(IOException.class);
    }

    @Test
    void leavesTheStreamOpen() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };
        NarWriter own = new NarWriter(out);
        own.symlink("x");
        own.finish();
        assertThat(out.size()).isEqualTo(120);
    }
}
