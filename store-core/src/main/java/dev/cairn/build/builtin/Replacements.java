// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import java.util.Comparator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Replaces several texts at once, so that what one puts in is not looked at by another. */
final class Replacements {
    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private Replacements() {}

    /** @param replacements none of the keys empty; where two fit at one place, the longer one is taken */
    static String in(String text, Map<String, String> replacements) {
        if (replacements.isEmpty()) {
            return text;
        }
        String alternatives = replacements.keySet().stream()
                .sorted(LONGEST_FIRST)
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return Pattern.compile(alternatives)
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(replacements.getOrDefault(match.group(), "")));
    }
}
