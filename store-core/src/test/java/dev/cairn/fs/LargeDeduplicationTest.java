// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.hash.Hash;
import dev.cairn.nar.NarReader;
import dev.cairn.nar.NarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is hashed and shared of large files; here files are large from 100,000 octets on. */
class LargeDeduplicationTest {
    private static final int SIZE = 150_000;

    @TempDir
    Path root;

    private Path store;
    private Path links;
    private Path record;
    private LargeFiles large;
    private Deduplicator deduplicator;

    /** The files of the item that was added last. */
    private List<Sealing.SharedFile> files = List.of();

    @BeforeEach
    void makeStore() throws Exception {
        links = Files.createDirectories(root.resolve("store/.links"));
        store = links.getParent();
        String mark = SIZE + "-" + Hash.sha256(new byte[1 << 16]).base32();
        record = root.resolve("large").resolve(mark);
        large = new LargeFiles(store, record.getParent(), 100_000);
        deduplicator = new Deduplicator(store, large);
    }

    @Test
    void hashesNoLargeFileThatCannotHaveAnEqual() throws Exception {
        add("one", SIZE, 1);
        assertThat(files).hasSize(1).allMatch(file -> file.hash().isEmpty());
        add("size", SIZE + 1, 1);
        assertThat(files).allMatch(file -> file.hash().isEmpty());
        add("start", SIZE, 11, 21);
        assertThat(files).hasSize(2).allMatch(file -> file.hash().isEmpty());
        seal("sealed", SIZE + 2, 1, 11);
        assertThat(files).allMatch(file -> file.hash().isEmpty());
        assertThat(links).isEmptyDirectory();
        assertThat(record).hasContent("-\none/0");
    }

    @Test
    void hashesSmallerFilesAsEver() throws Exception {
        add("one", 99_999, 1);
        assertThat(FileTrees.entries(links)).hasSize(1);
        assertThat(record.getParent()).doesNotExist();
    }

    @Test
    void keepsTheContents() throws Exception {
        for (int size : new int[] {65_536, 100_000, 200_001}) {
            Path item = add("item-" + size, size, 1, 11, 1);
            for (int i = 0; i < 3; i++) {
                byte[] expected = contents(size, i == 1 ? 11 : 1);
                assertThat(Files.readAllBytes(item.resolve(Integer.toString(i)))).isEqualTo(expected);
            }
        }
    }

    @Test
    void sharesLargeFilesFromTheSecondOn() throws Exception {
        Path one = add("one", SIZE, 1);
        Path two = add("two", SIZE, 1);
        assertThat(files).allMatch(file -> file.hash().isPresent());
        Path three = add("three", SIZE, 1);
        Path four = seal("four", SIZE, 1);
        for (Path next : List.of(two, three, four)) {
            assertThat(Files.isSameFile(one.resolve("0"), next.resolve("0"))).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(next))).isEqualTo("r-xr-xr-x");
        }
        assertThat(Files.isSameFile(one.resolve("0"), FileTrees.entries(links).getFirst())).isTrue();
        assertThat(record).content().endsWith("\nfour/0");
    }

    @Test
    void sharesNothingWithOtherContents() throws Exception {
        Path one = add("one", SIZE, 1);
        Path other = add("other", SIZE, 2);
        assertThat(Files.isSameFile(one.resolve("0"), other.resolve("0"))).isFalse();
        assertThat(FileTrees.entries(links)).hasSize(2);
        Path two = add("two", SIZE, 1);
        assertThat(Files.isSameFile(one.resolve("0"), two.resolve("0"))).isTrue();
        assertThat(Files.readAllBytes(other.resolve("0"))).isEqualTo(contents(SIZE, 2));
    }

    @Test
    void sharesEqualFilesOfOneItem() throws Exception {
        Path item = add("item", SIZE, 1, 2, 1, 11);
        assertThat(Files.isSameFile(item.resolve("0"), item.resolve("2"))).isTrue();
        assertThat(Files.isSameFile(item.resolve("0"), item.resolve("1"))).isFalse();
        Path sealed = seal("sealed", SIZE + 1, 1, 2, 1);
        assertThat(Files.isSameFile(sealed.resolve("0"), sealed.resolve("2"))).isTrue();
        assertThat(FileTrees.entries(links)).hasSize(4);
    }

    @Test
    void sharesWithWhatCameMeanwhile() throws Exception {
        Path one = store.resolve("one");
        SealedRestorer restorer = new SealedRestorer(one, Optional.of(large));
        new NarReader(new ByteArrayInputStream(nar(SIZE, 1))).read(restorer);
        Path two = add("two", SIZE, 1);
        SealedRestorer.finish(one);
        assertThat(restorer.files()).allMatch(file -> file.hash().isEmpty());
        assertThat(deduplicator.deduplicate(one, restorer.files())).isEqualTo(new Deduplicator.Saving(SIZE, 1));
        assertThat(Files.isSameFile(one.resolve("0"), two.resolve("0"))).isTrue();
    }

    @Test
    void beginsAnewWhenTheFirstWasCollected() throws Exception {
        FileTrees.delete(add("one", SIZE, 1));
        Path two = add("two", SIZE, 1);
        assertThat(files).allMatch(file -> file.hash().isEmpty());
        assertThat(links).isEmptyDirectory();
        Path three = add("three", SIZE, 1);
        assertThat(Files.isSameFile(two.resolve("0"), three.resolve("0"))).isTrue();
    }

    @Test
    void findsTheOthersWhenTheLastWasCollected() throws Exception {
        Path one = add("one", SIZE, 1);
        FileTrees.delete(add("two", SIZE, 1));
        Path three = add("three", SIZE, 1);
        assertThat(Files.isSameFile(one.resolve("0"), three.resolve("0"))).isTrue();
        assertThat(record).content().endsWith("\nthree/0");
    }

    @Test
    void costsSpaceAtMostWhenARecordLies() throws Exception {
        Path one = add("one", SIZE, 1);
        Path other = add("other", SIZE, 2);
        String lie = Files.readAllLines(record).getFirst();
        Files.writeString(record, lie + "\none/0");
        Path two = add("two", SIZE, 1);
        assertThat(Files.isSameFile(one.resolve("0"), two.resolve("0"))).isTrue();
        assertThat(Files.readAllBytes(other.resolve("0"))).isEqualTo(contents(SIZE, 2));
        Files.writeString(record, "-\nother");
        Path three = add("three", SIZE, 2);
        assertThat(Files.readAllBytes(three.resolve("0"))).isEqualTo(contents(SIZE, 2));
        assertThat(record).hasContent("-\nthree/0");
    }

    @Test
    void leavesAnItemSoundWhenInterrupted() throws Exception {
        add("one", SIZE, 1);
        Path two = restore("two", SIZE, 1);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> deduplicator.deduplicate(two, files)).isInstanceOf(IOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(Files.readAllBytes(two.resolve("0"))).isEqualTo(contents(SIZE, 1));
        assertThat(deduplicator.deduplicate(two, files)).isEqualTo(new Deduplicator.Saving(SIZE, 1));
    }

    @Test
    void findsAllByGoingThroughTheStore() throws Exception {
        Path one = add("one", SIZE, 1);
        Files.delete(record);
        Path two = add("two", SIZE, 1);
        Files.delete(record);
        Deduplicator going = deduplicator.knowingWhatIsLinked();
        assertThat(going.deduplicate(one).plus(going.deduplicate(two))).isEqualTo(new Deduplicator.Saving(SIZE, 1));
        assertThat(Files.isSameFile(one.resolve("0"), two.resolve("0"))).isTrue();
        Files.delete(record);
        deduplicator.knowingWhatIsLinked().deduplicate(two);
        Path three = add("three", SIZE, 1);
        assertThat(Files.isSameFile(one.resolve("0"), three.resolve("0"))).isTrue();
    }

    /**
     * Adds an item as archives come: its files have a size in common, those of seeds below ten the start as well, and
     * those of one seed all.
     */
    private Path add(String name, int size, int... seeds) throws Exception {
        Path item = restore(name, size, seeds);
        deduplicator.deduplicate(item, files);
        return item;
    }

    private Path restore(String name, int size, int... seeds) throws Exception {
        Path item = store.resolve(name);
        SealedRestorer restorer = new SealedRestorer(item, Optional.of(large));
        new NarReader(new ByteArrayInputStream(nar(size, seeds))).read(restorer);
        SealedRestorer.finish(item);
        files = restorer.files();
        return item;
    }

    /** Adds an item as builders make it. */
    private Path seal(String name, int size, int... seeds) throws Exception {
        Path item = store.resolve(name);
        new NarReader(new ByteArrayInputStream(nar(size, seeds))).read(NarFiles.restore(item));
        NarWriter writer = new NarWriter(OutputStream.nullOutputStream());
        files = Sealing.seal(item, writer, large);
        writer.finish();
        deduplicator.deduplicate(item, files);
        return item;
    }

    private static byte[] nar(int size, int... seeds) throws IOException {
        ByteArrayOutputStream nar = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(nar);
        writer.directoryStart();
        for (int i = 0; i < seeds.length; i++) {
            writer.entry(Integer.toString(i));
            writer.regular(false, size, new ByteArrayInputStream(contents(size, seeds[i])));
        }
        writer.directoryEnd();
        writer.finish();
        return nar.toByteArray();
    }

    private static byte[] contents(int size, int seed) {
        byte[] contents = new byte[size];
        Arrays.fill(contents, (byte) (seed / 10));
        contents[size - 1] = (byte) seed;
        return contents;
    }
}
