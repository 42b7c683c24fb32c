// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sorted names, each with the numbers of the paragraphs that it stands for, as part of a mapped file: nothing of it is
 * on the heap. Safe for use by several threads.
 *
 * <p>Format, all numbers 32 bits and big-endian: count of names N, count of numbers M, length of the text; N+1
 * positions in the text; N+1 positions among the numbers; M numbers; the text, the names in ASCII without anything
 * between.
 */
final class NameTable {
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int HEADER = 12;

    private final MemorySegment table;
    private final int size;
    private final long starts;
    private final long numbers;
    private final long text;

    /** @param table begins with the table, and may go on after it */
    NameTable(MemorySegment table) {
        this.table = table;
        this.size = table.get(INT, 0);
        this.starts = HEADER + 4L * (size + 1);
        this.numbers = starts + 4L * (size + 1);
        this.text = numbers + 4L * table.get(INT, 4);
    }

    /** Octets that the table takes. */
    long length() {
        return text + table.get(INT, 8);
    }

    /** Count of names. */
    int size() {
        return size;
    }

    /** The name at a position in the order. */
    String name(int position) {
        int from = table.get(INT, HEADER + 4L * position);
        int to = table.get(INT, HEADER + 4L * position + 4);
        return new String(
                table.asSlice(text + from, to - from).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
    }

    /** What the name at a position stands for, in the order in which it was added. */
    int[] numbers(int position) {
        int from = table.get(INT, starts + 4L * position);
        int to = table.get(INT, starts + 4L * position + 4);
        int[] result = new int[to - from];
        for (int i = 0; i < result.length; i++) {
            result[i] = table.get(INT, numbers + 4L * (from + i));
        }
        return result;
    }

    /** What a name stands for; nothing for names that are not there. */
    int[] numbers(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(middle, wanted);
            if (order == 0) {
                return numbers(middle);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return new int[0];
    }

    private int compare(int position, byte[] wanted) {
        long from = text + table.get(INT, HEADER + 4L * position);
        long length = text + table.get(INT, HEADER + 4L * position + 4) - from;
        int common = (int) Math.min(length, wanted.length);
        for (int i = 0; i < common; i++) {
            int order = table.get(ValueLayout.JAVA_BYTE, from + i) - wanted[i];
            if (order != 0) {
                return order;
            }
        }
        return Long.compare(length, wanted.length);
    }

    /** Puts a table together. */
    static final class Builder {
        private record Named(String name, int number) {}

        private final List<Named> entries = new ArrayList<>();

        /** @param name in ASCII */
        void add(String name, int number) {
            entries.add(new Named(name, number));
        }

        void writeTo(DataOutputStream out) throws IOException {
            entries.sort(Comparator.comparing(Named::name));
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            List<Integer> textStarts = new ArrayList<>();
            List<Integer> numberStarts = new ArrayList<>();
            for (int i = 0; i < entries.size(); i++) {
                if (i == 0 || !entries.get(i).name().equals(entries.get(i - 1).name())) {
                    textStarts.add(text.size());
                    numberStarts.add(i);
                    text.writeBytes(entries.get(i).name().getBytes(StandardCharsets.US_ASCII));
                }
            }
            out.writeInt(textStarts.size());
            out.writeInt(entries.size());
            out.writeInt(text.size());
            textStarts.add(text.size());
            numberStarts.add(entries.size());
            for (int position : textStarts) {
                out.writeInt(position);
            }
            for (int position : numberStarts) {
                out.writeInt(position);
            }
            for (Named entry : entries) {
                out.writeInt(entry.number());
            }
            text.writeTo(out);
        }
    }
}
