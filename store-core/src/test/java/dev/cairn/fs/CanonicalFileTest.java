// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanonicalFileTest {
    @TempDir
    Path folder;

    @Test
    void hasTheContentsModeAndTimeOfAFileInAStore() throws Exception {
        byte[] contents = new byte[200_001];
        new Random(1).nextBytes(contents);
        Path file = folder.resolve("file");
        CanonicalFile.write(file, false, contents);
        assertThat(Files.readAllBytes(file)).isEqualTo(contents);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("r--r--r--");
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(CanonicalMetadata.MTIME);

        Path program = folder.resolve("program");
        CanonicalFile.write(program, true, new byte[0]);
        assertThat(program).isEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(program))).isEqualTo("r-xr-xr-x");
    }

    @Test
    void takesNamesThatAreNotAscii() throws Exception {
        Path file = Octets.resolve(folder, Octets.ofText("Größe"));
        CanonicalFile.write(file, false, new byte[] {1});
        assertThat(FileTrees.entries(folder)).containsExactly(file);
    }

    @Test
    void replacesNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "old");
        assertThatThrownBy(() -> CanonicalFile.write(file, false, new byte[1]))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(file.toString());
        assertThat(file).hasContent("old");
    }

    @Test
    void saysWhichFolderIsMissing() {
        Path file = folder.resolve("missing/file");
        assertThatThrownBy(() -> CanonicalFile.write(file, false, new byte[1]))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(file.toString());
    }

    @Test
    void saysInWordsWhatTheSystemSays() throws Exception {
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        assertSays(loop.resolve("file"), "Too many levels of symbolic links");
        assertSays(folder.resolve("x".repeat(256)), "File name too long");
    }

    private static void assertSays(Path file, String reason) {
        assertThatThrownBy(() -> CanonicalFile.write(file, false, new byte[1]))
                .isInstanceOfSatisfying(
                        FileSystemException.class, e -> assertThat(e.getReason()).isEqualTo(reason));
    }
}
