// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.ControlReader;
import dev.cairn.debian.PackageDescription;
import dev.cairn.error.FormatException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Long descriptions by the MD5 of the original ones, from the files that an archive keeps them in. The files are
 * mapped until this is closed; on the heap is only where each description lies. For one thread.
 */
final class Translations implements DebianRows.Descriptions, AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final List<MemorySegment> files = new ArrayList<>();
    private final Map<Digest, Long> places = new HashMap<>();

    /** An MD5. */
    private record Digest(long high, long low) {}

    private static final int LENGTH_BITS = 21;
    private static final int OFFSET_BITS = 34;

    /** @param translations those that cannot be read to their ends are used as far as they can be */
    Translations(List<Path> translations) throws IOException {
        boolean done = false;
        try {
            for (Path file : translations) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                    files.add(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
                }
                scan(file, files.size() - 1);
            }
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private void scan(Path file, int number) throws IOException {
        if (Files.size(file) >> OFFSET_BITS != 0 || number >= 1 << (63 - OFFSET_BITS - LENGTH_BITS)) {
            return;
        }
        try (ParagraphScanner scanner = new ParagraphScanner(file)) {
            while (scanner.next()) {
                Optional<Digest> digest = scanner.field("Description-md5").flatMap(Translations::digest);
                if (digest.isPresent()) {
                    long place = ((long) number << OFFSET_BITS | scanner.offset()) << LENGTH_BITS | scanner.length();
                    places.putIfAbsent(digest.get(), place);
                }
            }
        } catch (FormatException _) {
            // The packages that come after it have only their synopses: no reason to have none of them.
            return;
        }
    }

    private static Optional<Digest> digest(String hexadecimal) {
        if (hexadecimal.length() != 32) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Digest(
                    Long.parseUnsignedLong(hexadecimal, 0, 16, 16), Long.parseUnsignedLong(hexadecimal, 16, 32, 16)));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> find(String digest) {
        Optional<Long> place = digest(digest).map(places::get);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        int length = (int) (place.get() & ((1L << LENGTH_BITS) - 1));
        long offset = place.get() >>> LENGTH_BITS & ((1L << OFFSET_BITS) - 1);
        int file = (int) (place.get() >>> (LENGTH_BITS + OFFSET_BITS));
        byte[] octets = files.get(file).asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
        try {
            return ControlReader.paragraph("Translation", octets, 0, length)
                    .get("Description-en")
                    .map(text -> PackageDescription.of(text).text());
        } catch (FormatException _) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
