// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
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
    void hasItsModeAlsoWhereTheFolderGivesWhatIsMadeInItOthers() throws Exception {
        // What is made here is for its owner alone.
        Assumptions.assumeTrue(
                setDefaultAccessList(folder, "02000000" + "01000700ffffffff" + "04000000ffffffff" + "20000000ffffffff"),
                "this file system has no access lists, or this machine no perl");
        Path other = Files.createFile(folder.resolve("other"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other))).isEqualTo("rw-------");
        Path plain = folder.resolve("plain");
        CanonicalFile.write(plain, false, new byte[1]);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(plain))).isEqualTo("r--r--r--");
        Path tree = folder.resolve("tree");
        SealedRestorer restorer = new SealedRestorer(tree, Optional.empty());
        restorer.directoryStart();
        restorer.entry("bin");
        restorer.directoryStart();
        restorer.entry("program");
        restorer.regular(true, 1, new ByteArrayInputStream(new byte[1]));
        restorer.directoryEnd();
        restorer.directoryEnd();
        SealedRestorer.finish(tree);
        for (Path file : List.of(tree, tree.resolve("bin"), tree.resolve("bin/program"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("r-xr-xr-x");
        }
    }

    /** As setfacl does, which few machines have. @param list as the system keeps it, in hexadecimal digits */
    private static boolean setDefaultAccessList(Path folder, String list) throws Exception {
        String script = "($folder, $list, $name) = ($ARGV[0], pack('H*', $ARGV[1]), 'system.posix_acl_default');"
                + " exit(syscall(188, $folder, $name, $list, length($list), 0) != 0)";
        return System.getProperty("os.arch").equals("amd64")
                && Files.isExecutable(Path.of("/usr/bin/perl"))
                && new ProcessBuilder("/usr/bin/perl", "-e", script, folder.toString(), list).start().waitFor() == 0;
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
