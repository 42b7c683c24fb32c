// SPDX-License-Identifier: Apache-2.0
package dev.cairn.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;

/** Text that names one generation: a number, or {@code +K} or {@code -K} counted from the current one. */
public final class GenerationSpecification {
    private GenerationSpecification() {}

    /**
     * The generation that is meant.
     *
     * @param existing the numbers there are; only these are counted
     * @return empty when there is none, or the text is no specification
     */
    public static OptionalInt resolve(String text, SortedSet<Integer> existing, int current) {
        if (!text.matches("[+-]?[0-9]{1,9}")) {
            return OptionalInt.empty();
        }
        char first = text.charAt(0);
        if (first != '+' && first != '-') {
            int number = Integer.parseInt(text);
            return existing.contains(number) ? OptionalInt.of(number) : OptionalInt.empty();
        }
        List<Integer> numbers = new ArrayList<>(existing);
        int position = numbers.indexOf(current);
        int wanted = position + Integer.parseInt(text);
        return position >= 0 && wanted >= 0 && wanted < numbers.size()
                ? OptionalInt.of(numbers.get(wanted))
                : OptionalInt.empty();
    }
}
