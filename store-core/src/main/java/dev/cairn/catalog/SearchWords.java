// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import java.util.ArrayList;
import java.util.List;

/**
 * What was typed, as words that are all looked for. Whatever is typed is text: nothing in it is an operator.
 *
 * @param words lower-case, between 1 and 64 characters each, at most 8
 */
record SearchWords(List<String> words) {
    private static final int MOST_WORDS = 8;
    private static final int MOST_CHARACTERS = 64;
    private static final int LONGEST_QUERY = 1024;

    SearchWords {
        words = List.copyOf(words);
    }

    /** Cuts at blanks; what is beyond the bounds is left out. */
    static SearchWords of(String text) {
        List<String> words = new ArrayList<>();
        String bounded = text.length() > LONGEST_QUERY ? text.substring(0, LONGEST_QUERY) : text;
        for (String word : Listing.lower(bounded).split("[\\s\\p{Z}\\p{Cc}]+")) {
            if (!word.isEmpty() && words.size() < MOST_WORDS) {
                words.add(word.length() > MOST_CHARACTERS ? word.substring(0, MOST_CHARACTERS) : word);
            }
        }
        return new SearchWords(words);
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /** The words as the name of a package would have them. */
    String asName() {
        return String.join("-", words);
    }

    /**
     * The words as a query of the full-text index: every run of letters and digits must occur.
     *
     * @param columns where they must occur
     * @param prefix whether the beginning of a word is enough
     * @return empty when there is no letter or digit
     */
    String expression(String columns, boolean prefix) {
        List<String> terms = new ArrayList<>();
        for (String word : words) {
            for (String part : word.split("[^\\p{L}\\p{M}\\p{N}\\p{Co}]+")) {
                if (!part.isEmpty()) {
                    terms.add('"' + part + '"' + (prefix ? " *" : ""));
                }
            }
        }
        return terms.isEmpty() ? "" : "{" + columns + "} : (" + String.join(" AND ", terms) + ")";
    }
}
