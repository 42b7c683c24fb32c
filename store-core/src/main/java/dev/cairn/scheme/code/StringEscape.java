// SPDX-License-Identifier: Apache-2.0
package dev.cairn.scheme.code;

import dev.cairn.error.FormatException;

/** What follows a backslash in a Scheme string. */
final class StringEscape {
    private StringEscape() {}

    /** Reads the escape whose backslash is at {@code start}; gives the offset behind it. */
    static int read(String text, int start, StringBuilder value) throws FormatException {
        if (start + 1 >= text.length()) {
            throw problem("a string is not closed");
        }
        char c = text.charAt(start + 1);
        switch (c) {
            case '\\', '"', '\'', '|', '(', ')' -> value.append(c);
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'a' -> value.append('\u0007');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'v' -> value.append('\u000b');
            case '0' -> value.append('\0');
            case '\n' -> {
                // Guile leaves only the end of the line out, not the blanks that the next one begins with.
            }
            case 'x' -> {
                return hexadecimal(text, start + 2, value);
            }
            case 'u' -> {
                return fixed(text, start + 2, start + 6, value);
            }
            case 'U' -> {
                return fixed(text, start + 2, start + 8, value);
            }
            default -> throw problem("unknown escape '\\" + c + "' in a string");
        }
        return start + 2;
    }

    /** Both {@code \xHH;} and Guile's older {@code \xHH} without the semicolon. */
    private static int hexadecimal(String text, int start, StringBuilder value) throws FormatException {
        int end = start;
        while (end < text.length() && end - start < 6 && Character.digit(text.charAt(end), 16) >= 0) {
            end++;
        }
        if (end > start && end < text.length() && text.charAt(end) == ';') {
            return fixed(text, start, end, value) + 1;
        }
        return fixed(text, start, start + 2, value);
    }

    private static int fixed(String text, int start, int end, StringBuilder value) throws FormatException {
        int codePoint = 0;
        for (int i = start; i < end; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                throw problem("a bad escape for a character by number in a string");
            }
            codePoint = codePoint << 4 | digit;
        }
        if (codePoint > Character.MAX_CODE_POINT || codePoint >= 0xd800 && codePoint < 0xe000) {
            throw problem("an escape for a character that does not exist");
        }
        value.appendCodePoint(codePoint);
        return end;
    }

    private static FormatException problem(String what) {
        return new FormatException("Scheme code", what);
    }
}
