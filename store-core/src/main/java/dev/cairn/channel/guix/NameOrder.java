// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An order of names that databases are known to have. A service pages through names in an order of its own, which is
 * never relied on: what it lists after a name shows whether the guess was right.
 */
enum NameOrder {
    /** By octets, as in the locale C. */
    OCTETS(Comparator.naturalOrder()),

    /** As glibc sorts in most languages: punctuation, then digits, then letters, capitals after small ones. */
    WORDS(NameOrder::compareWords);

    private static final String PUNCTUATION = "_-.?+=";

    private final Comparator<String> comparator;

    NameOrder(Comparator<String> comparator) {
        this.comparator = comparator;
    }

    Comparator<String> comparator() {
        return comparator;
    }

    /** The order that names are in, if it is a known one. */
    static Optional<NameOrder> of(List<String> names) {
        for (NameOrder order : values()) {
            boolean sorted = true;
            for (int i = 1; i < names.size() && sorted; i++) {
                sorted = order.comparator.compare(names.get(i - 1), names.get(i)) <= 0;
            }
            if (sorted) {
                return Optional.of(order);
            }
        }
        return Optional.empty();
    }

    private static int compareWords(String first, String second) {
        int shorter = Math.min(first.length(), second.length());
        for (int i = 0; i < shorter; i++) {
            int order = Integer.compare(weight(first.charAt(i)), weight(second.charAt(i)));
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(first.length(), second.length());
        // Small letters come after capitals in ASCII.
        return order != 0 ? order : second.compareTo(first);
    }

    private static int weight(char c) {
        if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
            return c;
        }
        int mark = PUNCTUATION.indexOf(c);
        return mark >= 0 ? mark : Character.toLowerCase(c);
    }
}
