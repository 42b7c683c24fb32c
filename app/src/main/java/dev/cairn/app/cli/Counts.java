// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Numbers as the user's language writes them.
 *
 * @param locale whose way of grouping digits is used; nobody's groups none
 * @param isUnicode whether the user can be shown any character
 */
record Counts(Optional<Locale> locale, boolean isUnicode) {
    /** As the variables of the process say. */
    static Counts of(Map<String, String> environment) {
        String name = variable(environment, "LC_NUMERIC").replaceFirst("[.@].*", "");
        String letters = variable(environment, "LC_CTYPE").toUpperCase(Locale.ROOT).replace("-", "");
        return new Counts(
                name.equals("C") || name.equals("POSIX")
                        ? Optional.empty()
                        : Optional.of(Locale.forLanguageTag(name.replace('_', '-'))),
                letters.endsWith("UTF8"));
    }

    private static String variable(Map<String, String> environment, String name) {
        return Stream.of("LC_ALL", name, "LANG")
                .map(key -> environment.getOrDefault(key, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("C");
    }

    String text(long number) {
        return locale.map(own -> String.format(own, "%,d", number)).orElse(Long.toString(number));
    }
}
