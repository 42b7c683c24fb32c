// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian.script;

import java.util.Optional;

/** Patterns of {@code case}: constant texts with {@code *} and {@code ?}; others are not known to match. */
final class ShellPattern {
    private ShellPattern() {}

    static Certainty matches(Optional<String> text, ShellWord pattern) {
        if (pattern.is("*")) {
            return Certainty.YES;
        }
        if (text.isEmpty() || pattern.constant().isEmpty() || pattern.source().indexOf('[') >= 0) {
            return Certainty.UNKNOWN;
        }
        var signs = new StringBuilder();
        var special = new StringBuilder();
        for (ShellWord.Piece piece : pattern.pieces()) {
            if (piece instanceof ShellWord.Literal(String literal, boolean quoted)) {
                signs.append(literal);
                special.repeat(quoted ? 'q' : 'u', literal.length());
            }
        }
        return Certainty.of(matches(text.get(), signs.toString(), special.toString()));
    }

    /** The usual way with one place to come back to, which takes no longer than both lengths multiplied. */
    private static boolean matches(String text, String pattern, String quotes) {
        int at = 0;
        int sign = 0;
        int star = -1;
        int back = 0;
        while (at < text.length()) {
            boolean plain = sign < pattern.length() && quotes.charAt(sign) == 'q';
            char c = sign < pattern.length() ? pattern.charAt(sign) : 0;
            if (sign < pattern.length() && !plain && c == '*') {
                star = sign++;
                back = at;
            } else if (sign < pattern.length() && (c == text.charAt(at) || !plain && c == '?')) {
                at++;
                sign++;
            } else if (star >= 0) {
                sign = star + 1;
                at = ++back;
            } else {
                return false;
            }
        }
        while (sign < pattern.length() && pattern.charAt(sign) == '*' && quotes.charAt(sign) == 'u') {
            sign++;
        }
        return sign == pattern.length();
    }
}
