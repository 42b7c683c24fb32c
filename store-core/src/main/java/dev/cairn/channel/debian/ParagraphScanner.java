// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.error.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Goes through a file of control paragraphs (deb822(5)) and tells where each of them lies. Fields are found by their
 * names but not otherwise looked at, so that a large index is passed in a moment. For one thread.
 */
final class ParagraphScanner implements AutoCloseable {
    /** Octets that a paragraph may have. */
    static final int LONGEST_PARAGRAPH = 1 << 20;

    private static final int CHUNK = 1 << 18;

    private final Path file;
    private final InputStream in;
    private byte[] buffer = new byte[CHUNK];
    /** Where in the file the buffer begins. */
    private long base;
    private int start;
    private int limit;
    private int next;
    private boolean ended;
    private int[] lines = new int[64];
    private int lineCount;

    ParagraphScanner(Path file) throws IOException {
        this.file = file;
        this.in = Files.newInputStream(file);
    }

    /**
     * Goes to the next paragraph.
     *
     * @return whether there is one
     * @throws FormatException when it is too long
     */
    boolean next() throws IOException, FormatException {
        start = next;
        lineCount = 0;
        int line = start;
        while (true) {
            int feed = line;
            while (true) {
                while (feed < limit && buffer[feed] != '\n') {
                    feed++;
                }
                if (feed < limit || ended) {
                    break;
                }
                int moved = fill();
                line -= moved;
                feed -= moved;
            }
            boolean last = feed == limit;
            boolean blank = isBlank(line, feed);
            if (!blank) {
                addLine(line);
            }
            line = last ? limit : feed + 1;
            if (lineCount == 0) {
                // Nothing but empty lines so far.
                start = line;
            }
            if (last || blank && lineCount > 0) {
                next = line;
                return lineCount > 0;
            }
            if (line - start > LONGEST_PARAGRAPH) {
                throw tooLong();
            }
        }
    }

    /** Where the paragraph begins, in octets from the start of the file. */
    long offset() {
        return base + start;
    }

    /** Octets of the paragraph, the empty line after it included. */
    int length() {
        return next - start;
    }

    /** The value of a field, on one line. @param name as people write it; case does not matter */
    Optional<String> field(String name) {
        for (int i = 0; i < lineCount; i++) {
            int from = start + lines[i];
            if (isField(from, name)) {
                int last = i + 1;
                while (last < lineCount && isSpace(buffer[start + lines[last]])) {
                    last++;
                }
                int to = last < lineCount ? start + lines[last] : next;
                String value = new String(
                        buffer, from + name.length() + 1, to - from - name.length() - 1, StandardCharsets.UTF_8);
                return Optional.of(value.replace('\n', ' ').strip());
            }
        }
        return Optional.empty();
    }

    private boolean isField(int from, String name) {
        if (from + name.length() >= next || buffer[from + name.length()] != ':') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.toLowerCase(buffer[from + i]) != Character.toLowerCase(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private void addLine(int line) {
        if (lineCount == lines.length) {
            lines = Arrays.copyOf(lines, 2 * lines.length);
        }
        lines[lineCount++] = line - start;
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isSpace(buffer[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r';
    }

    /** Reads more of the file. @return by how much what was in the buffer moved towards its beginning */
    private int fill() throws IOException, FormatException {
        int moved = start;
        if (moved > 0) {
            System.arraycopy(buffer, start, buffer, 0, limit - start);
            base += moved;
            limit -= moved;
            start = 0;
        } else if (limit == buffer.length) {
            if (limit > LONGEST_PARAGRAPH) {
                throw tooLong();
            }
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int count = in.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
            ended = true;
        } else {
            limit += count;
        }
        return moved;
    }

    private FormatException tooLong() {
        return new FormatException(
                "index of packages",
                "the paragraph at octet " + offset() + " of '" + file + "' has more than " + LONGEST_PARAGRAPH
                        + " octets");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
