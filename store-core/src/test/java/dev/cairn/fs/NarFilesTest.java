// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.nar.NarReader;
import dev.cairn.nar.NarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NarFilesTest {
    @TempDir
    Path folder;

    @Test
    void hasTheHashesThatGuixComputes() throws Exception {
        // Vectors "empty-file" and "hello" of nar.json, made by (guix serialization) and confirmed by guix-daemon.
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(NarFiles.summarise(file).hash().hex())
                .isEqualTo("77ac62e2629d8e45f624589c0c8bf99e24b3a722349bf1e79bc186008534e246");
        Files.writeString(file, "Hello, world!\n");
        assertThat(NarFiles.summarise(file).hash().hex())
                .isEqualTo("5849379a8b8cbfc4131d0c0f89ad020ea270d85f161e257b7d52135b58337ece");
        assertThat(NarFiles.summarise(file).size()).isEqualTo(128);
    }

    @Test
    void restoresWhatItDumped() throws Exception {
        Path tree = tree();
        Path copy = folder.resolve("copy");
        new NarReader(new ByteArrayInputStream(dump(tree))).read(NarFiles.restore(copy));
        assertThat(dump(copy)).isEqualTo(dump(tree));
        assertThat(Files.isExecutable(copy.resolve("sub/program"))).isTrue();
        assertThat(Symlinks.read(copy.resolve("sub/odd"))).isEqualTo("a//b/".getBytes(StandardCharsets.UTF_8));
        assertThat(copy.resolve("\uff5e\u00e4")).hasContent("late");
    }

    @Test
    void ordersEntriesByOctets() throws Exception {
        Files.createFile(Octets.resolve(folder, Octets.ofText("\uff5e")));
        Files.createFile(Octets.resolve(folder, Octets.ofText("\ud83d\ude00")));
        String text = new String(dump(folder), StandardCharsets.UTF_8);
        assertThat(text.indexOf("\uff5e")).isLessThan(text.indexOf("\ud83d\ude00"));
    }

    @Test
    void refusesToRestoreOverSomething() throws Exception {
        byte[] nar = dump(tree());
        Path taken = Files.createDirectory(folder.resolve("taken"));
        assertThatThrownBy(() -> new NarReader(new ByteArrayInputStream(nar)).read(NarFiles.restore(taken)))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void keepsNamesThatAreNoText() throws Exception {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        // Among others where the order of octets is not that of characters.
        for (String name : List.of("61ff", "ff", "c3", "c3a9", "ee8080", "f09f9880", "eda080", "80", "f09f98", "7a")) {
            Path file = Octets.resolve(tree, HexFormat.of().parseHex(name));
            Files.writeString(file, name);
            byte[] target = HexFormat.of().parseHex(name + "2ffe");
            Symlinks.create(Octets.resolve(tree, HexFormat.of().parseHex(name + "6c")), target);
        }
        byte[] nar = dump(tree);
        Path copy = folder.resolve("copy");
        new NarReader(new ByteArrayInputStream(nar)).read(NarFiles.restore(copy));
        assertThat(dump(copy)).isEqualTo(nar);
        assertThat(Symlinks.read(Octets.resolve(copy, HexFormat.of().parseHex("ff6c"))))
                .containsExactly((byte) 0xff, (byte) '/', (byte) 0xfe);
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(sealed);
        Sealing.seal(copy, writer, new LargeFiles(folder, folder.resolve("large")));
        writer.finish();
        assertThat(sealed.toByteArray()).isEqualTo(nar);
        FileTrees.delete(copy);
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/nix-store")), "needs nix-bin to compare with");
        Process nix = new ProcessBuilder("/usr/bin/nix-store", "--dump", tree.toString()).start();
        assertThat(nix.getInputStream().readAllBytes()).isEqualTo(nar);
    }

    @Test
    void stopsWhenInterrupted() throws Exception {
        Path tree = tree();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> NarFiles.summarise(tree)).isInstanceOf(InterruptedIOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private Path tree() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree/sub/empty")).getParent().getParent();
        Files.writeString(tree.resolve("file"), "text");
        Files.writeString(Octets.resolve(tree, Octets.ofText("\uff5e\u00e4")), "late");
        Path program = Files.writeString(tree.resolve("sub/program"), "#!");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Symlinks.create(tree.resolve("sub/odd"), "a//b/");
        return tree;
    }

    private static byte[] dump(Path path) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(out);
        NarFiles.dump(path, writer);
        writer.finish();
        return out.toByteArray();
    }
}
