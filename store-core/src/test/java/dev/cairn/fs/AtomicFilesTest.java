// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void replacesAFileAndLeavesNothingBeside() throws Exception {
        Path file = folder.resolve("file");
        AtomicFiles.write(file, "old".getBytes(StandardCharsets.UTF_8));
        AtomicFiles.write(file, "new".getBytes(StandardCharsets.UTF_8), PosixFilePermissions.fromString("r--------"));
        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("r--------");
        assertThat(FileTrees.entries(folder)).containsExactly(file);
    }

    @Test
    void keepsTheOldFileWhenInterrupted() throws Exception {
        Path file = folder.resolve("file");
        AtomicFiles.write(file, new byte[] {1});
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> AtomicFiles.write(file, new byte[] {2}))
                    .isInstanceOf(InterruptedIOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(file).hasBinaryContent(new byte[] {1});
    }

    @Test
    void replacesASymlinkEvenOverWhatAKilledProcessLeft() throws Exception {
        Path link = folder.resolve("profile");
        AtomicFiles.replaceSymlink(link, "profile-1-link");
        Files.createSymbolicLink(folder.resolve("profile.new"), Path.of("stray"));
        AtomicFiles.replaceSymlink(link, "profile-2-link");
        assertThat(Files.readSymbolicLink(link)).hasToString("profile-2-link");
        assertThat(FileTrees.entries(folder)).containsExactly(link);
    }

    @Test
    void namesTheMissingFolder() {
        assertThatThrownBy(() -> AtomicFiles.write(folder.resolve("no/file"), new byte[0]))
                .hasMessageContaining("no/file");
    }
}
