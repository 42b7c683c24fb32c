// SPDX-License-Identifier: Apache-2.0
package dev.cairn.nar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.error.FormatException;
import dev.cairn.testing.Gen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NarPropertyTest {
    private static final Gen<String> NAMES = Gen.strings("ab.Zé\uff5e\ud83d\ude00-", 1, 4).map(name -> "n" + name);

    @Test
    void copyingGivesTheSameArchiveHoweverItArrives() {
        Gen<Integer> chunks = Gen.integers(1, 40);
        trees(3).flatMap(tree -> chunks.map(size -> Map.entry(tree, size))).check(200, test -> {
            byte[] archive = write(test.getKey());
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            NarWriter writer = new NarWriter(copy);
            NarReader reader = new NarReader(chunked(archive, test.getValue()));
            reader.read(writer);
            writer.finish();
            assertThat(copy.toByteArray()).isEqualTo(archive);
            assertThat(reader.bytesRead()).isEqualTo(archive.length);
        });
    }

    @Test
    void aDamagedArchiveIsRefusedOrAnotherCanonicalOne() {
        byte[] archive = write(Map.of("a", "one", "b", Map.of("c", "two", "d", "three")));
        Gen<Integer> positions = Gen.integers(0, archive.length - 1);
        positions.flatMap(at -> Gen.integers(1, 255).map(change -> new int[] {at, change})).check(3000, damage -> {
            byte[] damaged = archive.clone();
            damaged[damage[0]] ^= (byte) damage[1];
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            NarWriter writer = new NarWriter(copy);
            try {
                new NarReader(new ByteArrayInputStream(damaged)).read(writer);
            } catch (FormatException _) {
                return;
            }
            writer.finish();
            assertThat(copy.toByteArray()).isEqualTo(damaged);
        });
    }

    @Test
    void namesSortAsTheirOctets() {
        NAMES.lists(2, 2).check(2000, pair -> {
            int expected = Arrays.compareUnsigned(
                    pair.getFirst().getBytes(StandardCharsets.UTF_8), pair.getLast().getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(NarNames.ORDER.compare(pair.getFirst(), pair.getLast())))
                    .isEqualTo(Integer.signum(expected));
        });
    }

    @Test
    void limitsWhatItReads() throws IOException, FormatException {
        byte[] archive = write(Map.of("a", "0123456789"));
        new NarReader(new ByteArrayInputStream(archive), archive.length)
                .read(new NarWriter(new ByteArrayOutputStream()));
        for (int limit = 0; limit < archive.length; limit++) {
            NarReader reader = new NarReader(new ByteArrayInputStream(archive), limit);
            assertThat(refuses(reader)).as("limit %d", limit).isTrue();
            assertThat(reader.bytesRead()).isLessThanOrEqualTo(limit);
        }
    }

    @Test
    void boundsTheDepth() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NarWriter writer = new NarWriter(out);
        for (int i = 0; i <= NarReader.MAX_DEPTH; i++) {
            writer.directoryStart();
            writer.entry("d");
        }
        writer.symlink("x");
        for (int i = 0; i <= NarReader.MAX_DEPTH; i++) {
            writer.directoryEnd();
        }
        writer.finish();
        assertThat(refuses(new NarReader(new ByteArrayInputStream(out.toByteArray())))).isTrue();
    }

    @Test
    void skipsContentsThatNobodyReads() throws IOException, FormatException {
        byte[] archive = write(Map.of("a", "x".repeat(10_000), "b", "y"));
        NarReader reader = new NarReader(new ByteArrayInputStream(archive));
        reader.read(new NarSink() {
            @Override
            public void regular(boolean executable, long size, InputStream contents) throws IOException {
                assertThat(contents.readNBytes(1)).hasSize(1);
            }

            @Override
            public void symlink(String target) {}

            @Override
            public void directoryStart() {}

            @Override
            public void entry(String name) {}

            @Override
            public void directoryEnd() {}
        });
        assertThat(reader.bytesRead()).isEqualTo(archive.length);
    }

    private static boolean refuses(NarReader reader) throws IOException {
        try {
            reader.read(new NarWriter(new ByteArrayOutputStream()));
            return false;
        } catch (FormatException _) {
            return true;
        }
    }

    /** Trees: a string is a file with these contents, a list with one element a symlink, a map a directory. */
    private static Gen<Object> trees(int depth) {
        Gen<Object> files = Gen.strings("ab\n", 0, 20).map(contents -> contents);
        Gen<Object> links = NAMES.map(List::of);
        if (depth == 0) {
            return Gen.oneOf(List.of(files, links));
        }
        Gen<Object> directories = NAMES.lists(0, 5)
                .flatMap(names -> trees(depth - 1).lists(names.size(), names.size()).map(children -> {
                    SortedMap<String, Object> entries = new TreeMap<>();
                    for (int i = 0; i < names.size(); i++) {
                        entries.put(names.get(i), children.get(i));
                    }
                    return entries;
                }));
        return Gen.oneOf(List.of(files, links, directories, directories));
    }

    private static byte[] write(Object tree) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            NarWriter writer = new NarWriter(out);
            node(writer, tree);
            writer.finish();
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void node(NarWriter writer, Object tree) throws IOException {
        switch (tree) {
            case String contents -> writer.regular(contents.length() > 10, contents.getBytes(StandardCharsets.UTF_8));
            case List<?> link -> writer.symlink(link.getFirst().toString());
            case Map<?, ?> entries -> {
                writer.directoryStart();
                SortedMap<String, Object> sorted = new TreeMap<>(NarNames.ORDER);
                entries.forEach((name, child) -> sorted.put(name.toString(), child));
                for (Map.Entry<String, Object> entry : sorted.entrySet()) {
                    writer.entry(entry.getKey());
                    node(writer, entry.getValue());
                }
                writer.directoryEnd();
            }
            default -> throw new AssertionError(tree);
        }
    }

    /** A stream that gives at most {@code size} octets at a time. */
    private static InputStream chunked(byte[] octets, int size) {
        return new FilterInputStream(new ByteArrayInputStream(octets)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(length, size));
            }
        };
    }
}
