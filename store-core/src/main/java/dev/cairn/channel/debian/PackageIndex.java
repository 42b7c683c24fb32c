// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.BinaryPackage;
import dev.cairn.debian.BinaryPackageReader;
import dev.cairn.error.FormatException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Finds packages in verified indices of archives by name, without reading more than their paragraphs. Indices and the
 * file with positions in them ({@link PackageIndexWriter} describes it) are mapped, not read: opening takes
 * milliseconds and next to no memory. The files may be deleted at any time; they go on being readable here. Safe for
 * use by several threads.
 */
final class PackageIndex {
    private static final ValueLayout.OfInt INT = NameTable.INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final List<FetchedIndex> indices;
    private final List<MemorySegment> contents;
    private final MemorySegment paragraphs;
    private final int count;
    private final NameTable names;
    private final NameTable provided;
    private final NameTable essential;

    private PackageIndex(MemorySegment body, List<FetchedIndex> indices, List<MemorySegment> contents)
            throws FormatException {
        this.indices = List.copyOf(indices);
        this.contents = contents;
        checkLengths(body, contents);
        long at = 4 + 8L * indices.size();
        count = body.get(INT, at);
        paragraphs = body.asSlice(at + 4, (long) PackageIndexWriter.PARAGRAPH * count);
        at += 4 + paragraphs.byteSize();
        names = new NameTable(body.asSlice(at));
        at += names.length();
        provided = new NameTable(body.asSlice(at));
        at += provided.length();
        essential = new NameTable(body.asSlice(at));
    }

    /**
     * A package and where it is from.
     *
     * @param number tells it from the others of this index
     */
    record Entry(int number, BinaryPackage description, FetchedIndex index) {}

    /** Packages under one name, and what of them cannot be read. */
    record Entries(List<Entry> sound, List<Problem> problems) {}

    /**
     * A package that cannot be read.
     *
     * @param offset where in the index, in octets
     */
    record Problem(FetchedIndex index, long offset, String message) {}

    /**
     * Opens the index in {@code file} over {@code indices}. If it is missing, damaged, or does not belong to them, it
     * is made first.
     *
     * @param arena how long the files stay mapped
     */
    static PackageIndex open(Path file, List<FetchedIndex> indices, Arena arena) throws IOException {
        Optional<PackageIndex> present = openPresent(file, indices, arena);
        if (present.isPresent()) {
            return present.get();
        }
        PackageIndexWriter.write(file, indices.stream().map(FetchedIndex::packages).toList());
        return openPresent(file, indices, arena)
                .orElseThrow(() -> new IOException("'" + file + "' changed while it was opened"));
    }

    /** As {@link #open(Path, List, Arena)}, until nothing refers to it any more. */
    static PackageIndex open(Path file, List<FetchedIndex> indices) throws IOException {
        return open(file, indices, Arena.ofAuto());
    }

    private static Optional<PackageIndex> openPresent(Path file, List<FetchedIndex> indices, Arena arena)
            throws IOException {
        List<MemorySegment> contents = new ArrayList<>();
        for (FetchedIndex index : indices) {
            contents.add(map(index.packages(), arena));
        }
        try {
            MemorySegment whole = map(file, arena);
            if (!isSound(whole)) {
                return Optional.empty();
            }
            return Optional.of(new PackageIndex(whole.asSlice(PackageIndexWriter.HEADER), indices, contents));
        } catch (NoSuchFileException | FormatException _) {
            // Made anew by the caller.
            return Optional.empty();
        }
    }

    private static MemorySegment map(Path file, Arena arena) throws IOException {
        if (Files.size(file) == 0) {
            return MemorySegment.NULL;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    private static boolean isSound(MemorySegment whole) {
        if (whole.byteSize() <= PackageIndexWriter.HEADER
                || whole.get(INT, 0) != PackageIndexWriter.MAGIC
                || whole.get(INT, 4) != PackageIndexWriter.VERSION) {
            return false;
        }
        CRC32C sum = new CRC32C();
        sum.update(whole.asSlice(PackageIndexWriter.HEADER).asByteBuffer());
        return whole.get(INT, 8) == (int) sum.getValue();
    }

    private static void checkLengths(MemorySegment body, List<MemorySegment> contents) throws FormatException {
        if (body.get(INT, 0) != contents.size()) {
            throw new FormatException("index of packages", "it belongs to other indices");
        }
        for (int i = 0; i < contents.size(); i++) {
            if (body.get(LONG, 4 + 8L * i) != contents.get(i).byteSize()) {
                throw new FormatException("index of packages", "it belongs to another index");
            }
        }
    }

    /** Count of packages, those that cannot be read among them. */
    int size() {
        return count;
    }

    /** Count of different names of packages. */
    int nameCount() {
        return names.size();
    }

    /** A name by its position among the sorted ones. */
    String name(int position) {
        return names.name(position);
    }

    /** The packages of a name by its position among the sorted ones, in the order of the indices. */
    Entries entries(int position) {
        return read(names.numbers(position));
    }

    /** The packages of a name, in the order of the indices. */
    Entries named(String name) {
        return read(names.numbers(name));
    }

    /** The packages that provide a virtual package, in the order of the indices. */
    Entries providing(String name) {
        return read(provided.numbers(name));
    }

    /** Sorted names of packages that are essential in any version on any architecture. */
    List<String> essential() {
        List<String> result = new ArrayList<>();
        for (int i = 0; i < essential.size(); i++) {
            result.add(essential.name(i));
        }
        return result;
    }

    private Entries read(int[] numbers) {
        List<Entry> sound = new ArrayList<>(numbers.length);
        List<Problem> problems = new ArrayList<>();
        for (int number : numbers) {
            long at = (long) PackageIndexWriter.PARAGRAPH * number;
            int index = paragraphs.get(INT, at);
            long offset = paragraphs.get(LONG, at + 4);
            int length = paragraphs.get(INT, at + 12);
            byte[] octets = contents.get(index).asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
            try {
                sound.add(new Entry(number, BinaryPackageReader.read(octets, 0, length), indices.get(index)));
            } catch (FormatException e) {
                problems.add(new Problem(indices.get(index), offset, e.getMessage()));
            }
        }
        return new Entries(sound, problems);
    }
}
