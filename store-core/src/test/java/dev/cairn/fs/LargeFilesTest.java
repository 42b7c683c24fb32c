// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.hash.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeFilesTest {
    private static final long SIZE = 20_000;
    private static final Hash HASH = Hash.sha256(new byte[1]);

    @TempDir
    Path root;

    private Path store;
    private Path record;
    private LargeFiles large;

    @BeforeEach
    void makeStore() throws Exception {
        store = Files.createDirectories(root.resolve("store/.links")).getParent();
        record = root.resolve("state/large").resolve(Long.toString(SIZE));
        large = new LargeFiles(store, record.getParent(), 10_000);
    }

    @Test
    void knowsWhatIsLargeAndNew() throws Exception {
        assertThat(large.isLargeAndNew(9_999, List.of())).isFalse();
        assertThat(large.isLargeAndNew(10_000, List.of())).isTrue();
        Sealing.SharedFile twin = new Sealing.SharedFile(Path.of("twin"), Optional.empty(), SIZE);
        assertThat(large.isLargeAndNew(SIZE, List.of(twin))).isFalse();
        large.remember(file("item"), SIZE, Optional.empty());
        assertThat(large.isLargeAndNew(SIZE, List.of())).isFalse();
        assertThat(large.isLargeAndNew(SIZE + 1, List.of())).isTrue();
    }

    @Test
    void findsWhatItRemembers() throws Exception {
        Path file = file("item/sub/file");
        large.remember(file, SIZE, Optional.empty());
        assertThat(record).hasContent("-\nitem/sub/file");
        assertThat(large.find(SIZE)).isEqualTo(new LargeFiles.Known(Optional.of(file), Optional.empty()));
        Files.createLink(store.resolve(".links").resolve(HASH.base32()), file);
        large.remember(file, SIZE, Optional.of(HASH));
        assertThat(record).hasContent(HASH.base32() + "\nitem/sub/file");
        assertThat(large.find(SIZE)).isEqualTo(new LargeFiles.Known(Optional.of(file), Optional.of(HASH)));
        assertThat(record.getParent()).isDirectoryContaining(record::equals);
        assertThat(FileTrees.entries(record.getParent())).hasSize(1);
    }

    @Test
    void keepsNamesThatAreNoText() throws Exception {
        Path folder = Octets.resolve(Files.createDirectory(store.resolve("item")), HexFormat.of().parseHex("ff0a80"));
        Path file = canonical(Octets.resolve(Files.createDirectory(folder), HexFormat.of().parseHex("c30a")));
        large.remember(file, SIZE, Optional.empty());
        Path found = large.find(SIZE).file().orElseThrow();
        assertThat(Files.isSameFile(found, file)).isTrue();
        assertThat(found).isEqualTo(file);
    }

    @Test
    void forgetsWhatIsGoneUnlessItsContentsAreLeft() throws Exception {
        Path file = file("item");
        Path link = Files.createLink(store.resolve(".links").resolve(HASH.base32()), file);
        large.remember(file, SIZE, Optional.of(HASH));
        Files.delete(file);
        assertThat(large.find(SIZE)).isEqualTo(new LargeFiles.Known(Optional.empty(), Optional.of(HASH)));
        Files.delete(link);
        assertThat(large.find(SIZE).isNothing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "r-x------", "rwxr-xr-x"})
    void refusesFilesWithOtherPermissions(String permissions) throws Exception {
        Path file = file("item");
        large.remember(file, SIZE, Optional.empty());
        Files.setPosixFilePermissions(
                file, PosixFilePermissions.fromString(permissions));
        assertThat(large.find(SIZE).isNothing()).isTrue();
    }

    @Test
    void refusesFilesThatWereModifiedOrHaveAnotherSize() throws Exception {
        Path file = file("item");
        large.remember(file, SIZE, Optional.empty());
        large.remember(file, SIZE + 1, Optional.empty());
        assertThat(large.find(SIZE + 1).isNothing()).isTrue();
        assertThat(large.find(SIZE).isNothing()).isFalse();
        Files.setLastModifiedTime(file, FileTime.fromMillis(2000));
        assertThat(large.find(SIZE).isNothing()).isTrue();
    }

    @Test
    void followsNoLinks() throws Exception {
        Path outside = canonical(Files.createDirectory(root.resolve("outside")).resolve("file"));
        Files.createSymbolicLink(store.resolve("folder"), outside.getParent());
        Files.createSymbolicLink(store.resolve("file"), outside);
        for (String name : List.of("folder/file", "file")) {
            write("-\n" + name);
            assertThat(large.find(SIZE).isNothing()).isTrue();
        }
        file("item");
        Path elsewhere = Files.writeString(root.resolve("elsewhere"), "-\nitem");
        Files.delete(record);
        Files.createSymbolicLink(record, elsewhere);
        assertThat(large.find(SIZE).isNothing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "-\n",
                "item",
                "\nitem",
                "- \nitem",
                "--\nitem",
                "-\nitem/",
                "-\nitem\n",
                "-\n/item",
                "-\n./item",
                "-\n../store/item",
                "-\nsub//file",
                "-\nsub/../item",
                "-\nsub/./file",
                "-\nsub",
                "-\nsub/file/file",
                "-\n.links/file",
                "-\nitem\0",
                "0000\nitem",
                "/../../../../../../etc\nitem",
            })
    void refusesRecordsThatAreNone(String text) throws Exception {
        file("item");
        file("sub/file");
        file(".links/file");
        write(text);
        assertThat(large.find(SIZE).isNothing()).isTrue();
        large.remember(store.resolve("item"), SIZE, Optional.empty());
        assertThat(large.find(SIZE).file()).contains(store.resolve("item"));
    }

    @Test
    void refusesRecordsWithoutBounds() throws Exception {
        file("item");
        write("-\nitem" + "/".repeat(100_000));
        assertThat(large.find(SIZE).isNothing()).isTrue();
        write("-\n" + "item/".repeat(1_600) + "item");
        assertThat(large.find(SIZE).isNothing()).isTrue();
        large.remember(store.resolve("item/".repeat(2_000)), SIZE, Optional.empty());
        assertThat(record).hasSize(8_006);
    }

    @Test
    void remembersNothingWhereItCannotWrite() throws Exception {
        Files.writeString(root.resolve("state"), "a file in the place of the folder");
        large.remember(file("item"), SIZE, Optional.empty());
        assertThat(large.find(SIZE).isNothing()).isTrue();
        assertThat(root.resolve("state")).isRegularFile();
    }

    @Test
    void remembersThoughInterrupted() throws Exception {
        Path file = file("item");
        Thread.currentThread().interrupt();
        try {
            large.remember(file, SIZE, Optional.empty());
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(large.find(SIZE).file()).contains(file);
        assertThat((Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS)).isEqualTo(1);
    }

    private void write(String text) throws IOException {
        Files.createDirectories(record.getParent());
        Files.write(record, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Path file(String name) throws IOException {
        Path file = store.resolve(name);
        Files.createDirectories(file.getParent());
        return canonical(file);
    }

    private static Path canonical(Path file) throws IOException {
        Files.write(file, new byte[(int) SIZE]);
        CanonicalMetadata.apply(file);
        return file;
    }
}
