// SPDX-License-Identifier: Apache-2.0
package dev.cairn.scheme.code;

import dev.cairn.error.FormatException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The forms of a program that are in no other, by where they begin: what is needed to read one of them without the
 * rest. Immutable.
 *
 * @param starts in order
 */
public record TopLevel(List<Start> starts) {
    /**
     * Where a form begins.
     *
     * @param offset in the text, in UTF-16 units
     * @param place the same for people
     */
    public record Start(int offset, Place place) {}

    public TopLevel {
        starts = List.copyOf(starts);
    }

    /**
     * Finds the forms of a text.
     *
     * @throws FormatException when lists, strings or comments in it are not closed
     */
    public static TopLevel of(String text) throws FormatException {
        List<Start> starts = new ArrayList<>();
        FormReader.topLevel(text, starts::add);
        return new TopLevel(starts);
    }

    /** The last form that begins at a place or before it, which is the one that the place is in, if any. */
    public Optional<Start> at(Place place) {
        int low = 0;
        int high = starts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts.get(middle).place().compareTo(place) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? Optional.empty() : Optional.of(starts.get(low - 1));
    }

    /** Where the form after one begins, or the text ends. @param length of the text */
    public int end(Start start, int length) {
        int index = Collections.binarySearch(starts, start, Comparator.comparing(Start::offset));
        return index >= 0 && index + 1 < starts.size() ? starts.get(index + 1).offset() : length;
    }
}
