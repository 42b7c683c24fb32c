// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.hash.Hash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
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

    private final LargeFiles.Mark mark = new LargeFiles.Mark(SIZE, Hash.sha256(new byte[(int) SIZE]));
    private final LargeFiles.Mark longer = new LargeFiles.Mark(SIZE + 1, mark.start());

    @TempDir
    Path root;

    private Path store;
    private Path record;
    private LargeFiles large;

    @BeforeEach
    void makeStore() throws Exception {
        store = Files.createDirectories(root.resolve("store/.links")).getParent();
        record = root.resolve("state/large").resolve(SIZE + "-" + mark.start().base32());
        large = new LargeFiles(store, record.getParent(), 10_000);
    }

    @Test
    void looksAtSizeAndStartOfWhatComes() throws Exception {
        assertThat(look(9_999, 0)).isFalse();
        assertThat(look(10_000, 0)).isTrue();
        assertThat(look(SIZE, 0)).isTrue();
        large.remember(file("item"), mark, Optional.empty());
        assertThat(look(SIZE, 0)).isFalse();
        assertThat(look(SIZE + 1, 0)).isTrue();
        assertThat(look(SIZE, 1)).isTrue();
    }

    private boolean look(long size, int last) throws IOException {
        byte[] contents = new byte[(int) size];
        contents[contents.length - 1] = (byte) last;
        LargeFiles.Coming coming = large.look(size, new ByteArrayInputStream(contents));
        assertThat(coming.contents().readAllBytes()).isEqualTo(contents);
        return coming.isNew();
    }

    @Test
    void forgetsWhatIsGoneAndWhatIsNoRecord() throws Exception {
        large.forgetGone();
        Path item = file("item");
        large.remember(item, mark, Optional.empty());
        large.remember(file("other"), longer, Optional.empty());
        Files.writeString(record.resolveSibling("nonsense"), "nonsense");
        Files.writeString(record.resolveSibling(SIZE + "-damaged"), "");
        large.forgetGone();
        // That of the other names a file of another size.
        assertThat(FileTrees.entries(record.getParent())).containsExactly(record);
        Files.delete(item);
        large.forgetGone();
        assertThat(FileTrees.entries(record.getParent())).isEmpty();
    }

    @Test
    void forgettingLeavesWhatCannotBeDeleted() throws Exception {
        Path stray = Files.createDirectories(record.resolveSibling("sub/x")).getParent();
        large.remember(file("other"), longer, Optional.empty());
        large.forgetGone();
        assertThat(FileTrees.entries(record.getParent())).containsExactly(stray);
    }

    @Test
    void forgettingStopsWhenInterrupted() throws Exception {
        large.remember(file("other"), longer, Optional.empty());
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(large::forgetGone).isInstanceOf(InterruptedIOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(FileTrees.entries(record.getParent())).hasSize(1);
    }

    @Test
    void readsNoMoreThanTheStart() throws Exception {
        Path one = Files.write(root.resolve("one"), new byte[70_000]);
        byte[] other = new byte[70_000];
        other[65_536] = 1;
        Path two = Files.write(root.resolve("two"), other);
        assertThat(LargeFiles.Mark.of(one, 70_000)).isEqualTo(LargeFiles.Mark.of(two, 70_000));
        other[65_535] = 1;
        Files.write(two, other);
        assertThat(LargeFiles.Mark.of(one, 70_000)).isNotEqualTo(LargeFiles.Mark.of(two, 70_000));
        ByteArrayInputStream contents = new ByteArrayInputStream(other);
        large.look(70_000, contents);
        assertThat(contents.available()).isEqualTo(70_000 - 65_536);
    }

    @Test
    void findsWhatItRemembers() throws Exception {
        Path file = file("item/sub/file");
        large.remember(file, mark, Optional.empty());
        assertThat(record).hasContent("-\nitem/sub/file");
        assertThat(large.find(mark)).isEqualTo(new LargeFiles.Known(Optional.of(file), Optional.empty()));
        Files.createLink(store.resolve(".links").resolve(HASH.base32()), file);
        large.remember(file, mark, Optional.of(HASH));
        assertThat(record).hasContent(HASH.base32() + "\nitem/sub/file");
        assertThat(large.find(mark)).isEqualTo(new LargeFiles.Known(Optional.of(file), Optional.of(HASH)));
        assertThat(record.getParent()).isDirectoryContaining(record::equals);
        assertThat(FileTrees.entries(record.getParent())).hasSize(1);
    }

    @Test
    void keepsNamesThatAreNoText() throws Exception {
        Path folder = Octets.resolve(Files.createDirectory(store.resolve("item")), HexFormat.of().parseHex("ff0a80"));
        Path file = canonical(Octets.resolve(Files.createDirectory(folder), HexFormat.of().parseHex("c30a")));
        large.remember(file, mark, Optional.empty());
        Path found = large.find(mark).file().orElseThrow();
        assertThat(Files.isSameFile(found, file)).isTrue();
        assertThat(found).isEqualTo(file);
    }

    @Test
    void forgetsWhatIsGoneUnlessItsContentsAreLeft() throws Exception {
        Path file = file("item");
        Path link = Files.createLink(store.resolve(".links").resolve(HASH.base32()), file);
        large.remember(file, mark, Optional.of(HASH));
        Files.delete(file);
        assertThat(large.find(mark)).isEqualTo(new LargeFiles.Known(Optional.empty(), Optional.of(HASH)));
        Files.delete(link);
        assertThat(large.find(mark).isNothing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "r-x------", "rwxr-xr-x"})
    void refusesFilesWithOtherPermissions(String permissions) throws Exception {
        Path file = file("item");
        large.remember(file, mark, Optional.empty());
        Files.setPosixFilePermissions(
                file, PosixFilePermissions.fromString(permissions));
        assertThat(large.find(mark).isNothing()).isTrue();
    }

    @Test
    void refusesFilesThatWereModifiedOrHaveAnotherSize() throws Exception {
        Path file = file("item");
        large.remember(file, mark, Optional.empty());
        large.remember(file, longer, Optional.empty());
        assertThat(large.find(longer).isNothing()).isTrue();
        assertThat(large.find(mark).isNothing()).isFalse();
        Files.setLastModifiedTime(file, FileTime.fromMillis(2000));
        assertThat(large.find(mark).isNothing()).isTrue();
    }

    @Test
    void followsNoLinks() throws Exception {
        Path outside = canonical(Files.createDirectory(root.resolve("outside")).resolve("file"));
        Files.createSymbolicLink(store.resolve("folder"), outside.getParent());
        Files.createSymbolicLink(store.resolve("file"), outside);
        for (String name : List.of("folder/file", "file")) {
            write("-\n" + name);
            assertThat(large.find(mark).isNothing()).isTrue();
        }
        file("item");
        Path elsewhere = Files.writeString(root.resolve("elsewhere"), "-\nitem");
        Files.delete(record);
        Files.createSymbolicLink(record, elsewhere);
        assertThat(large.find(mark).isNothing()).isTrue();
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
        assertThat(large.find(mark).isNothing()).isTrue();
        large.remember(store.resolve("item"), mark, Optional.empty());
        assertThat(large.find(mark).file()).contains(store.resolve("item"));
    }

    @Test
    void refusesRecordsWithoutBounds() throws Exception {
        file("item");
        write("-\nitem" + "/".repeat(100_000));
        assertThat(large.find(mark).isNothing()).isTrue();
        write("-\n" + "item/".repeat(1_600) + "item");
        assertThat(large.find(mark).isNothing()).isTrue();
        large.remember(store.resolve("item/".repeat(2_000)), mark, Optional.empty());
        assertThat(record).hasSize(8_006);
    }

    @Test
    void remembersNothingWhereItCannotWrite() throws Exception {
        Files.writeString(root.resolve("state"), "a file in the place of the folder");
        large.remember(file("item"), mark, Optional.empty());
        assertThat(large.find(mark).isNothing()).isTrue();
        assertThat(root.resolve("state")).isRegularFile();
    }

    @Test
    void remembersThoughInterrupted() throws Exception {
        Path file = file("item");
        Thread.currentThread().interrupt();
        try {
            large.remember(file, mark, Optional.empty());
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(large.find(mark).file()).contains(file);
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
