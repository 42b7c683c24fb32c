// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A paragraph of a control file: fields with values. Names are found whatever their case; values are made when asked
 * for. Immutable as long as nobody writes into the octets that it was read from, which it keeps.
 *
 * <p>A value is its first line without the space around it, then each further line behind a line feed, without the one
 * space or tab that began it and without the space at its end. Octets that are no UTF-8 and control characters other
 * than tab and line feed are shown as U+FFFD.
 */
public final class Paragraph {
    /** Numbers that describe one field: where its name starts and ends, and its value. */
    private static final int STRIDE = 4;

    private final byte[] data;
    private final int start;
    private final int line;
    private final int[] fields;
    private final int count;

    /**
     * @param start where the paragraph starts in {@code data}
     * @param line the number of its first line in the file
     * @param fields {@code count} times four offsets into {@code data}
     */
    Paragraph(byte[] data, int start, int line, int[] fields, int count) {
        this.data = data;
        this.start = start;
        this.line = line;
        this.fields = fields;
        this.count = count;
    }

    /**
     * The value of a field.
     *
     * @param name in ASCII
     */
    public Optional<String> get(String name) {
        int field = find(name);
        return field < 0 ? Optional.empty() : Optional.of(value(field));
    }

    /**
     * The value of a field, or an empty text.
     *
     * @param name in ASCII
     */
    public String getOrEmpty(String name) {
        int field = find(name);
        return field < 0 ? "" : value(field);
    }

    /**
     * Whether there is such a field.
     *
     * @param name in ASCII
     */
    public boolean has(String name) {
        return find(name) >= 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The names of all fields as they are written, in the order of the paragraph. */
    public List<String> names() {
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int from = fields[i * STRIDE];
            names.add(new String(data, from, fields[i * STRIDE + 1] - from, StandardCharsets.US_ASCII));
        }
        return names;
    }

    /** The number, in its file, of the line on which the paragraph starts; the first line is 1. */
    public int line() {
        return line;
    }

    /** The number, in its file, of the line on which a field starts; that of the paragraph if there is none. */
    public int line(String name) {
        int field = find(name);
        int result = line;
        for (int i = start; field >= 0 && i < fields[field * STRIDE]; i++) {
            if (data[i] == '\n') {
                result++;
            }
        }
        return result;
    }

    private int find(String name) {
        for (int i = 0; i < count; i++) {
            int from = fields[i * STRIDE];
            if (fields[i * STRIDE + 1] - from == name.length() && sameName(name, from)) {
                return i;
            }
        }
        return -1;
    }

    private boolean sameName(String name, int from) {
        for (int i = 0; i < name.length(); i++) {
            int a = data[from + i];
            int b = name.charAt(i);
            if (a != b && lower(a) != lower(b)) {
                return false;
            }
        }
        return true;
    }

    static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }

    private String value(int field) {
        int from = fields[field * STRIDE + 2];
        int to = fields[field * STRIDE + 3];
        int end = endOfLine(from, to);
        String first = text(skipSpace(from, end), trimEnd(from, end));
        if (end >= to) {
            return first;
        }
        var value = new StringBuilder(to - from).append(first);
        for (int next = end + 1; next < to; next = end + 1) {
            end = endOfLine(next, to);
            if (data[next] != '#') {
                value.append('\n').append(text(next + 1, trimEnd(next + 1, end)));
            }
        }
        return value.toString();
    }

    private int endOfLine(int from, int to) {
        int i = from;
        while (i < to && data[i] != '\n') {
            i++;
        }
        return i;
    }

    private int skipSpace(int from, int to) {
        int i = from;
        while (i < to && isSpace(data[i])) {
            i++;
        }
        return i;
    }

    private int trimEnd(int from, int to) {
        int i = to;
        while (i > from && isSpace(data[i - 1])) {
            i--;
        }
        return i;
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    private String text(int from, int to) {
        if (from >= to) {
            return "";
        }
        boolean control = false;
        for (int i = from; i < to; i++) {
            control |= data[i] >= 0 && data[i] < ' ' && data[i] != '\t' || data[i] == 0x7f;
        }
        String text = new String(data, from, to - from, StandardCharsets.UTF_8);
        if (!control) {
            return text;
        }
        var clean = new StringBuilder(text);
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f) {
                clean.setCharAt(i, '\ufffd');
            }
        }
        return clean.toString();
    }
}
