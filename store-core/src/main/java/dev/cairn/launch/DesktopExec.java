// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

import java.util.List;
import java.util.Optional;

/**
 * The command of a desktop entry, {@code Exec}: a program, and whatever comes after it, which is kept as it is, field
 * codes included (Desktop Entry Specification, "The Exec key").
 *
 * @param program its name, or an absolute file name
 * @param rest what follows: nothing, or a space and arguments
 */
record DesktopExec(String program, String rest) {
    private static final String RESERVED = "\"'\\><~|&;$*?#()`=%";
    private static final String PLAIN = "/._+:@,-";

    /**
     * Reads the value of the key, after the escapes that all values have were taken away. What programs that start
     * entries would read in different ways is refused.
     */
    static Optional<DesktopExec> parse(String value) {
        String text = value.strip();
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        int end = text.charAt(0) == '"' ? endOfQuoted(text, 0) : endOfPlain(text, 0);
        if (end < 0) {
            return Optional.empty();
        }
        String word = text.charAt(0) == '"' ? unquoted(text.substring(1, end - 1)) : text.substring(0, end);
        String rest = text.substring(end);
        boolean sound = !word.isEmpty() && word.chars().noneMatch(c -> RESERVED.indexOf(c) >= 0)
                && (word.startsWith("/") || word.indexOf('/') < 0)
                && (rest.isEmpty() || rest.startsWith(" ")) && isBalanced(rest);
        return sound ? Optional.of(new DesktopExec(word, rest)) : Optional.empty();
    }

    /** The value with other words in the program's place. */
    String with(List<String> words) {
        StringBuilder text = new StringBuilder();
        for (String word : words) {
            text.append(text.isEmpty() ? "" : " ").append(quote(word));
        }
        return text + rest;
    }

    private static String quote(String word) {
        String percent = word.replace("%", "%%");
        boolean plain = percent.chars().allMatch(c ->
                c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0));
        if (plain) {
            return percent;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : percent.toCharArray()) {
            quoted.append("\"`$\\".indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return quoted.append('"').toString();
    }

    private static boolean isBalanced(String text) {
        int at = 0;
        while (at < text.length()) {
            at = text.charAt(at) == '"' ? endOfQuoted(text, at) : at + 1;
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    private static int endOfPlain(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) != ' ') {
            at++;
        }
        return at;
    }

    /** Where the text behind the closing quote starts; negative where there is none. */
    private static int endOfQuoted(String text, int start) {
        for (int at = start + 1; at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == '"') {
                return at + 1;
            }
        }
        return -1;
    }

    private static String unquoted(String text) {
        return text.replaceAll("\\\\([\"`$\\\\])", "$1");
    }
}
