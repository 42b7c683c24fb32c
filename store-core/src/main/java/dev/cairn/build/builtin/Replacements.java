// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Replaces several texts at once, so that what one puts in is not looked at by another. */
final class Replacements {
    private Replacements() {}

    /** @param replacements none of them empty; where two fit at one place, the first of them in this order is taken */
    static String in(String text, Map<String, String> replacements) {
        if (replacements.isEmpty()) {
            return text;
        }
        String alternatives =
                replacements.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return Pattern.compile(alternatives)
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(replacements.getOrDefault(match.group(), "")));
    }
}
