// SPDX-License-Identifier: Apache-2.0
package dev.cairn.scheme.code;

/**
 * Where a form begins, as Guile counts.
 *
 * @param line counted from 1
 * @param column counted from 0 in characters; a tab leads to the next multiple of 8
 */
public record Place(int line, int column) implements Comparable<Place> {
    /** Where a text begins. */
    public static final Place START = new Place(1, 0);

    @Override
    public int compareTo(Place other) {
        return line == other.line ? Integer.compare(column, other.column) : Integer.compare(line, other.line);
    }

    /** {@code LINE:COLUMN}. */
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
