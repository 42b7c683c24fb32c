// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreesTest {
    @TempDir
    Path folder;

    @Test
    void deletesReadOnlyDirectoriesAndWhatOnlyLooksOutsideStays() throws Exception {
        Path outside = Files.writeString(folder.resolve("outside"), "kept");
        Path tree = Files.createDirectories(folder.resolve("tree/a/b")).getParent().getParent();
        Files.writeString(tree.resolve("a/b/file"), "x");
        Files.createSymbolicLink(tree.resolve("a/link"), outside);
        Files.createSymbolicLink(tree.resolve("a/up"), folder);
        for (String directory : new String[] {"a/b", "a", ""}) {
            Files.setPosixFilePermissions(tree.resolve(directory), PosixFilePermissions.fromString("---------"));
        }
        FileTrees.delete(tree);
        assertThat(FileTrees.entries(folder)).containsExactly(outside);
        assertThat(outside).hasContent("kept");
    }

    @Test
    void deletesTreesThatAreTooDeepToBeNamed() throws Exception {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        makeDeep(tree, 3000, "d");
        makeDeep(tree, 60, "n".repeat(200));
        assertThat(FileTrees.size(tree)).isZero();
        FileTrees.delete(tree);
        assertThat(folder).isEmptyDirectory();
    }

    /** Puts a pile of directories into one, each in the one before. */
    public static void makeDeep(Path directory, int levels, String name) throws IOException {
        Path inner = Files.createDirectories(directory.resolve(name));
        for (int i = 1; i < levels; i++) {
            // From the inside out, so that all names are short.
            Path outer = Files.createDirectory(directory.resolve("outer"));
            Files.move(inner, outer.resolve(name));
            inner = Files.move(outer, inner);
        }
    }

    @Test
    void deletingWhatIsNotThereIsNothing() throws Exception {
        FileTrees.delete(folder.resolve("missing"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void deletesADanglingLink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
        FileTrees.delete(link);
        assertThat(FileTrees.exists(link)).isFalse();
    }

    @Test
    void stopsWhenInterruptedUnlessShielded() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> FileTrees.delete(tree)).isInstanceOf(InterruptedIOException.class);
            FileTrees.deleteShielded(tree);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(tree).doesNotExist();
    }

    @Test
    void addsUpTheSizesOfFiles() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree/sub"));
        Files.write(tree.resolve("a"), new byte[100]);
        Files.createLink(tree.resolve("b"), tree.resolve("a"));
        Files.createSymbolicLink(tree.resolve("c"), Path.of("a"));
        assertThat(FileTrees.size(folder)).isEqualTo(200);
        assertThat(FileTrees.size(folder.resolve("missing"))).isZero();
    }
}
