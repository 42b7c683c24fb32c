// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import dev.cairn.error.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads control files (deb822(5)) paragraph by paragraph, however long they are.
 *
 * <p>Paragraphs are parted by empty lines or lines of space; lines that start with {@code #} are passed over; lines may
 * end with a carriage return. A field that occurs twice in a paragraph is refused. Not for use by several threads.
 */
public final class ControlReader {
    /** Octets that a paragraph may have, unless said otherwise. */
    public static final int LONGEST_PARAGRAPH = 1 << 20;

    /** Fields that a paragraph may have. */
    public static final int MOST_FIELDS = 256;

    private static final int CHUNK = 1 << 16;

    private final String format;
    private final InputStream in;
    private final int longest;
    private byte[] buffer = new byte[CHUNK];
    private int start;
    private int end;
    private boolean ended;
    /** Number of the line at {@code start}. */
    private int line = 1;

    /**
     * @param format what is read, for errors
     * @param in stays open; read in large pieces
     */
    public ControlReader(String format, InputStream in) {
        this(format, in, LONGEST_PARAGRAPH);
    }

    /**
     * @param format what is read, for errors
     * @param in stays open; read in large pieces
     * @param longest octets that a paragraph may have
     */
    public ControlReader(String format, InputStream in, int longest) {
        this.format = format;
        this.in = in;
        this.longest = longest;
    }

    /**
     * Reads a range of octets that holds one paragraph, with or without empty lines around it.
     *
     * @param format what is read, for errors
     * @param data kept by the paragraph, not copied
     */
    public static Paragraph paragraph(String format, byte[] data, int from, int to) throws FormatException {
        return paragraph(format, data, from, to, LONGEST_PARAGRAPH);
    }

    /** As {@link #paragraph(String, byte[], int, int)}, of at most {@code longest} octets. */
    public static Paragraph paragraph(String format, byte[] data, int from, int to, int longest)
            throws FormatException {
        if (to - from > longest) {
            throw new FormatException(format, "a paragraph of more than " + longest + " octets");
        }
        var parser = new ParagraphParser(format, data, from, to, 1);
        Paragraph paragraph = parser.parse();
        if (parser.end() < to) {
            throw new FormatException(format, "line " + parser.line() + " starts a second paragraph");
        }
        if (paragraph.isEmpty()) {
            throw new FormatException(format, "no fields");
        }
        return paragraph;
    }

    /** Reads all paragraphs of a file that is in memory. @param format what is read, for errors */
    public static List<Paragraph> all(String format, byte[] data) throws FormatException {
        var reader = new ControlReader(format, new ByteArrayInputStream(data));
        List<Paragraph> paragraphs = new ArrayList<>();
        try {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                paragraphs.add(next.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
        return paragraphs;
    }

    /** The next paragraph with fields; nothing at the end. */
    public Optional<Paragraph> next() throws IOException, FormatException {
        while (true) {
            int length = paragraphLength();
            if (length == 0) {
                return Optional.empty();
            }
            // Its own octets, as the buffer is filled again.
            byte[] data = Arrays.copyOfRange(buffer, start, start + length);
            var parser = new ParagraphParser(format, data, 0, length, line);
            Paragraph paragraph = parser.parse();
            start += length;
            line = parser.line();
            if (!paragraph.isEmpty()) {
                return Optional.of(paragraph);
            }
        }
    }

    /** Passes over empty lines, then brings a whole paragraph into the buffer, with one empty line after it. */
    private int paragraphLength() throws IOException, FormatException {
        int at = start;
        while (true) {
            int feed = at;
            while (feed < end && buffer[feed] != '\n') {
                feed++;
            }
            if (Math.min(feed, end) - start > longest) {
                throw new FormatException(
                        format, "the paragraph at line " + line + " has more than " + longest + " octets");
            }
            if (feed == end && !ended) {
                int before = start;
                fill();
                at -= before - start;
                continue;
            }
            int next = Math.min(feed + 1, end);
            boolean blank = ParagraphParser.isBlank(buffer, at, feed);
            if (feed == end && blank && at == start) {
                return 0;
            }
            if (feed == end || blank && at > start) {
                return next - start;
            }
            if (blank) {
                start = next;
                line++;
            }
            at = next;
        }
    }

    private void fill() throws IOException {
        if (end == buffer.length) {
            byte[] target = start > 0 ? buffer : new byte[Math.multiplyExact(buffer.length, 2)];
            System.arraycopy(buffer, start, target, 0, end - start);
            buffer = target;
            end -= start;
            start = 0;
        }
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            ended = true;
        } else {
            end += count;
        }
    }
}
