// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.channel.guix.source.Location;
import dev.cairn.error.FormatException;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where the outputs of a revision's packages are: a text file with a line for each, sorted by name, then version,
 * fields separated by tabs: name, version, output (empty where that could not be told), base name of the item,
 * location. A package that is not for the system has one line without output and item. Immutable; some megabytes in
 * memory.
 */
final class ItemTable {
    private static final long LARGEST = 256L << 20;

    private final byte[] lines;

    private ItemTable(byte[] lines) {
        this.lines = lines;
    }

    /** One output, or a package that has none. @param output empty where it could not be told */
    record Item(String name, String version, String output, Optional<StorePath> path, Optional<Location> location) {}

    /** The lines of a package, in ASCII. */
    static String lines(GuixListing.Row row) {
        StringBuilder lines = new StringBuilder();
        if (row.outputs().isEmpty()) {
            line(lines, row.description(), "", "");
        }
        for (ListedOutput output : row.outputs()) {
            line(lines, row.description(), output.output().orElse(""), output.path().baseName());
        }
        return lines.toString();
    }

    private static void line(StringBuilder out, ListedPackage one, String output, String item) {
        boolean plain = one.location().chars().allMatch(c -> c >= ' ' && c < 0x7f);
        String location = plain ? one.location() : "";
        out.append(String.join("\t", one.name(), one.version(), output, item, location)).append('\n');
    }

    static ItemTable read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new DamagedRevision(file, "it is larger than such a file can be");
        }
        return new ItemTable(Files.readAllBytes(file));
    }

    /** All versions and outputs of a package; nothing where there is no such package. */
    List<Item> of(String name) throws FormatException {
        int low = 0;
        int high = lines.length;
        // Invariant: both are starts of lines; those before low have smaller names, those from high on have not.
        while (low < high) {
            int middle = start((low + high) >>> 1);
            if (name(middle).compareTo(name) < 0) {
                low = end(middle) + 1;
            } else {
                high = middle;
            }
        }
        List<Item> items = new ArrayList<>();
        for (int i = low; i < lines.length && name(i).equals(name); i = end(i) + 1) {
            items.add(item(i));
        }
        return items;
    }

    /** All items. */
    SortedSet<StorePath> paths() throws FormatException {
        SortedSet<StorePath> paths = new TreeSet<>();
        for (int i = 0; i < lines.length; i = end(i) + 1) {
            item(i).path().ifPresent(paths::add);
        }
        return paths;
    }

    /** Where lines begin, and after them the length of all. */
    int[] starts() {
        int count = 0;
        for (byte octet : lines) {
            if (octet == '\n') {
                count++;
            }
        }
        int[] starts = new int[count + 1];
        int line = 0;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i] == '\n') {
                starts[++line] = i + 1;
            }
        }
        return starts;
    }

    /** Some lines, as they are in the file. */
    ByteBuffer octets(int from, int to) {
        return ByteBuffer.wrap(lines, from, to - from);
    }

    /** The octet at a place. */
    byte at(int place) {
        return lines[place];
    }

    /** Whether a text is at a place, with a tab after it. */
    boolean hasField(int place, String text) {
        int length = text.length();
        if (place + length >= lines.length || lines[place + length] != '\t') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lines[place + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int start(int position) {
        int start = position;
        while (start > 0 && lines[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private int end(int position) {
        int end = position;
        while (end < lines.length && lines[end] != '\n') {
            end++;
        }
        return end;
    }

    /** The name in the line that begins at a place. */
    String name(int start) {
        int end = start;
        while (end < lines.length && lines[end] != '\t' && lines[end] != '\n') {
            end++;
        }
        return new String(lines, start, end - start, StandardCharsets.US_ASCII);
    }

    /** What is in the line that begins at a place. */
    Item item(int start) throws FormatException {
        String line = new String(lines, start, end(start) - start, StandardCharsets.US_ASCII);
        String[] fields = line.split("\t", -1);
        if (fields.length != 5) {
            throw new FormatException("table of items", "a line of " + fields.length + " fields");
        }
        Optional<StorePath> path =
                fields[3].isEmpty() ? Optional.empty() : Optional.of(StoreDirectory.GNU.item(fields[3]));
        Optional<Location> location =
                fields[4].isEmpty() ? Optional.empty() : Optional.of(Location.parse(fields[4]));
        return new Item(fields[0], fields[1], fields[2], path, location);
    }
}
