// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One line for each name of a package, in the order of the lower-case names, all in memory: what is asked at every
 * keystroke is answered from here. The catalog's file holds it as one value, so that tens of thousands of lines are
 * read in a few milliseconds. Immutable.
 *
 * <p>A line is the number of the row of the newest version, name, version, channel, outputs with blanks between, and
 * synopsis, separated by tabs and ended by a newline, in UTF-8.
 */
final class Listing {
    private final byte[] lines;
    private final int[] starts;
    private final String[] names;
    private final long[] characters;
    private final int[] lineOfRow;

    private Listing(byte[] lines, int[] starts, String[] names, long[] characters, int[] lineOfRow) {
        this.lines = lines;
        this.starts = starts;
        this.names = names;
        this.characters = characters;
        this.lineOfRow = lineOfRow;
    }

    /** The lines in the file; empty if there are none yet. */
    static Optional<byte[]> read(CatalogDatabase database) throws SQLException {
        try (ResultSet row = database.statement("SELECT lines FROM listing WHERE id = 1").executeQuery()) {
            return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
        }
    }

    /** How many lines there are. */
    static int count(byte[] lines) {
        int count = 0;
        for (byte octet : lines) {
            if (octet == '\n') {
                count++;
            }
        }
        return count;
    }

    static Listing parse(byte[] lines) {
        int count = count(lines);
        int[] starts = new int[count + 1];
        int[] rows = new int[count];
        int highest = 0;
        String[] names = new String[count];
        long[] characters = new long[count];
        int position = 0;
        for (int i = 0; i < count; i++) {
            starts[i] = position;
            int row = 0;
            for (; lines[position] != '\t'; position++) {
                row = row * 10 + lines[position] - '0';
            }
            rows[i] = row;
            highest = Math.max(highest, row);
            int name = ++position;
            while (lines[position] != '\t') {
                position++;
            }
            names[i] = lower(new String(lines, name, position - name, StandardCharsets.UTF_8));
            characters[i] = characters(names[i]);
            while (lines[position] != '\n') {
                position++;
            }
            position++;
        }
        starts[count] = position;
        int[] lineOfRow = new int[highest + 1];
        Arrays.fill(lineOfRow, -1);
        for (int i = 0; i < count; i++) {
            lineOfRow[rows[i]] = i;
        }
        return new Listing(lines, starts, names, characters, lineOfRow);
    }

    /** Which characters a word has, one bit for those that are alike in their lowest six bits. */
    static long characters(String word) {
        long set = 0;
        for (int i = 0; i < word.length(); i++) {
            set |= 1L << word.charAt(i);
        }
        return set;
    }

    /** How names and queries are compared. */
    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    int size() {
        return names.length;
    }

    /** The lower-case name of a line. */
    String name(int line) {
        return names[line];
    }

    /** The {@link #characters(String)} of the name of a line. */
    long characters(int line) {
        return characters[line];
    }

    /** The line of a row of the file; -1 for rows that have none. */
    int lineOf(long row) {
        return row >= 0 && row < lineOfRow.length ? lineOfRow[(int) row] : -1;
    }

    /** The first line whose name is not less than {@code name}. */
    int firstFrom(String name) {
        int found = Arrays.binarySearch(names, name);
        if (found < 0) {
            return -found - 1;
        }
        while (found > 0 && names[found - 1].equals(name)) {
            found--;
        }
        return found;
    }

    /** Whether a line has just this name, in lower case. */
    boolean hasName(String name) {
        return Arrays.binarySearch(names, name) >= 0;
    }

    SearchHit hit(int line) {
        String[] parts = new String(lines, starts[line], starts[line + 1] - 1 - starts[line], StandardCharsets.UTF_8)
                .split("\t", 6);
        return new SearchHit(
                new PackageKey(parts[3], parts[1], parts[2]), List.of(parts[4].split(" ")), parts[5]);
    }

    /** Lines without those of some names, and with others in their places. @param fresh of no other names */
    static byte[] replace(byte[] lines, Collection<String> names, Builder fresh) {
        Map<Line, Line> edits = new TreeMap<>(Line.ORDER);
        names.forEach(name -> edits.put(Line.of(name, ""), Line.of(name, "")));
        fresh.lines.forEach(line -> edits.put(line, line));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(lines.length + (lines.length >> 4));
        int copied = 0;
        for (Line edit : edits.values()) {
            int place = place(lines, copied, edit);
            bytes.write(lines, copied, place - copied);
            bytes.writeBytes(edit.text().getBytes(StandardCharsets.UTF_8));
            boolean there = place < lines.length && Line.ORDER.compare(Line.at(lines, place), edit) == 0;
            copied = there ? end(lines, place) : place;
        }
        bytes.write(lines, copied, lines.length - copied);
        return bytes.toByteArray();
    }

    /** Where the first line from {@code from} on begins that does not come before another one. */
    private static int place(byte[] lines, int from, Line line) {
        int low = from;
        int high = lines.length;
        // Both are starts of lines.
        while (low < high) {
            int middle = (low + high) >>> 1;
            while (middle > low && lines[middle - 1] != '\n') {
                middle--;
            }
            if (Line.ORDER.compare(Line.at(lines, middle), line) < 0) {
                low = end(lines, middle);
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Where the line after the one that begins at {@code start} begins. */
    private static int end(byte[] lines, int start) {
        int end = start;
        while (lines[end] != '\n') {
            end++;
        }
        return end + 1;
    }

    private record Line(String lower, String name, String text) {
        static final Comparator<Line> ORDER = Comparator.comparing(Line::lower).thenComparing(Line::name);

        static Line of(String name, String text) {
            return new Line(Listing.lower(plain(name)), plain(name), text);
        }

        /** Without its text. */
        static Line at(byte[] lines, int start) {
            int name = start;
            while (lines[name] != '\t') {
                name++;
            }
            int end = ++name;
            while (lines[end] != '\t') {
                end++;
            }
            return of(new String(lines, name, end - name, StandardCharsets.UTF_8), "");
        }

        /** Names have no such characters; a synopsis from elsewhere may. */
        static String plain(String text) {
            return text.replace('\t', ' ').replace('\n', ' ');
        }
    }

    /** Puts lines together. */
    static final class Builder {
        private final List<Line> lines = new ArrayList<>();

        void add(long row, SearchHit hit) {
            PackageKey key = hit.key();
            String text = String.join(
                    "\t",
                    Long.toString(row),
                    Line.plain(key.name()),
                    Line.plain(key.version()),
                    Line.plain(key.channel()),
                    Line.plain(String.join(" ", hit.outputs())),
                    Line.plain(hit.synopsis()));
            lines.add(Line.of(key.name(), text + "\n"));
        }

        byte[] build() {
            lines.sort(Line.ORDER);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (Line line : lines) {
                bytes.writeBytes(line.text().getBytes(StandardCharsets.UTF_8));
            }
            return bytes.toByteArray();
        }
    }
}
