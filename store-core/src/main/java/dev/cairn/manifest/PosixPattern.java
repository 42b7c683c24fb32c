// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest;

import dev.cairn.error.FormatException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** POSIX extended regular expressions, which search paths are written with, as patterns of the JDK. */
public final class PosixPattern {
    private static final int MAX_LENGTH = 1000;

    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("alpha", "\\p{Alpha}"),
            Map.entry("digit", "0-9"),
            Map.entry("alnum", "\\p{Alnum}"),
            Map.entry("upper", "\\p{Upper}"),
            Map.entry("lower", "\\p{Lower}"),
            Map.entry("space", "\\s"),
            Map.entry("blank", " \\t"),
            Map.entry("punct", "\\p{Punct}"),
            Map.entry("print", "\\p{Print}"),
            Map.entry("graph", "\\p{Graph}"),
            Map.entry("cntrl", "\\p{Cntrl}"),
            Map.entry("xdigit", "\\p{XDigit}"));

    private PosixPattern() {}

    /**
     * Compiles an expression.
     *
     * @throws FormatException when it is none
     */
    public static Pattern compile(String expression) throws FormatException {
        if (expression.length() > MAX_LENGTH) {
            throw new FormatException("regular expression", "longer than " + MAX_LENGTH + " characters");
        }
        StringBuilder java = new StringBuilder();
        int i = 0;
        while (i < expression.length()) {
            char c = expression.charAt(i);
            if (c == '[') {
                i = bracket(expression, i, java);
            } else if (c == '\\' && i + 1 < expression.length()) {
                // What follows a backslash stands for itself; the JDK knows letters that do not.
                java.append(Pattern.quote(expression.substring(i + 1, i + 2)));
                i += 2;
            } else if (c == '(' && i + 1 < expression.length() && expression.charAt(i + 1) == '?') {
                throw new FormatException("regular expression", "'(?' in '" + expression + "'");
            } else {
                java.append(c);
                i++;
            }
        }
        try {
            return Pattern.compile(java.toString(), Pattern.DOTALL);
        } catch (PatternSyntaxException _) {
            throw new FormatException("regular expression", "'" + expression + "' is none");
        }
    }

    /** Translates a bracket expression, in which a backslash is nothing special; gives the index behind it. */
    private static int bracket(String expression, int start, StringBuilder java) throws FormatException {
        int i = start + 1;
        java.append('[');
        if (i < expression.length() && expression.charAt(i) == '^') {
            java.append('^');
            i++;
        }
        boolean first = true;
        while (i < expression.length() && (first || expression.charAt(i) != ']')) {
            first = false;
            char c = expression.charAt(i);
            int end = expression.startsWith("[:", i) ? expression.indexOf(":]", i) : -1;
            if (end > 0) {
                String characters = CLASSES.get(expression.substring(i + 2, end));
                if (characters == null) {
                    throw new FormatException("regular expression", "unknown class in '" + expression + "'");
                }
                java.append(characters);
                i = end + 2;
            } else {
                if ("[]\\&^".indexOf(c) >= 0) {
                    java.append('\\');
                }
                java.append(c);
                i++;
            }
        }
        if (i >= expression.length()) {
            throw new FormatException("regular expression", "'[' is not closed in '" + expression + "'");
        }
        java.append(']');
        return i + 1;
    }
}
