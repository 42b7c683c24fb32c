// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import dev.cairn.error.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Finds the fields of one paragraph; see {@link ControlReader}. */
final class ParagraphParser {
    private final String format;
    private final byte[] data;
    private final int to;
    private int at;
    private int line;
    private int[] fields = new int[32 * 4];
    private int count;

    ParagraphParser(String format, byte[] data, int from, int to, int line) {
        this.format = format;
        this.data = data;
        this.at = from;
        this.to = to;
        this.line = line;
    }

    /** Reads one paragraph, and empty lines before and after it. */
    Paragraph parse() throws FormatException {
        int start = at;
        int first = line;
        boolean closed = false;
        while (at < to) {
            int end = endOfLine();
            boolean blank = isBlank(data, at, end);
            if (closed && !blank) {
                break;
            }
            if (blank && count == 0) {
                start = Math.min(end + 1, to);
                first = line + 1;
            } else if (blank) {
                closed = true;
            } else {
                content(end);
            }
            at = Math.min(end + 1, to);
            line++;
        }
        return new Paragraph(data, start, first, Arrays.copyOf(fields, count * 4), count);
    }

    /** The number of the line behind what was read. */
    int line() {
        return line;
    }

    /** Where what was read ends. */
    int end() {
        return at;
    }

    static boolean isBlank(byte[] data, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Paragraph.isSpace(data[i])) {
                return false;
            }
        }
        return true;
    }

    private void content(int end) throws FormatException {
        byte begin = data[at];
        if (begin == '#') {
            return;
        }
        if (begin == ' ' || begin == '\t') {
            if (count == 0) {
                throw problem("a line that continues nothing");
            }
            fields[(count - 1) * 4 + 3] = end;
            return;
        }
        int colon = at;
        while (colon < end && data[colon] != ':') {
            if (data[colon] <= ' ' || data[colon] == 0x7f) {
                throw problem("expected a field and a colon");
            }
            colon++;
        }
        if (colon == end || colon == at || begin == '-') {
            throw problem("expected a field and a colon");
        }
        if (colon - at > 128) {
            throw problem("a very long name of a field");
        }
        refuseSecond(colon);
        if (count == ControlReader.MOST_FIELDS) {
            throw problem("more than " + ControlReader.MOST_FIELDS + " fields");
        }
        if (fields.length == count * 4) {
            fields = Arrays.copyOf(fields, fields.length * 2);
        }
        fields[count * 4] = at;
        fields[count * 4 + 1] = colon;
        fields[count * 4 + 2] = colon + 1;
        fields[count * 4 + 3] = end;
        count++;
    }

    private void refuseSecond(int colon) throws FormatException {
        int length = colon - at;
        for (int i = 0; i < count; i++) {
            int other = fields[i * 4];
            if (fields[i * 4 + 1] - other != length) {
                continue;
            }
            int same = 0;
            while (same < length && Paragraph.lower(data[at + same]) == Paragraph.lower(data[other + same])) {
                same++;
            }
            if (same == length) {
                throw problem("the field " + new String(data, at, length, StandardCharsets.US_ASCII) + " occurs twice");
            }
        }
    }

    private int endOfLine() {
        int i = at;
        while (i < to && data[i] != '\n') {
            i++;
        }
        return i;
    }

    private FormatException problem(String what) {
        return new FormatException(format, "line " + line + ": " + what);
    }
}
