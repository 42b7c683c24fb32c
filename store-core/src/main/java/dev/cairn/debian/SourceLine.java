// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import dev.cairn.error.FormatException;
import java.util.ArrayList;
import java.util.List;

/** The words of one line of {@code sources.list}. Quotation marks and brackets keep space within a word. */
final class SourceLine {
    private static final int LONGEST = 16 << 10;

    private final String line;
    private int at;

    /** @throws FormatException if the line is longer than is sensible */
    SourceLine(String line) throws FormatException {
        if (line.length() > LONGEST) {
            throw SourceOptions.problem("a line of more than " + LONGEST + " characters");
        }
        this.line = line;
    }

    /** The next word; empty at the end of the line or where a comment starts. */
    String next() throws FormatException {
        skipSpace();
        var word = new StringBuilder();
        boolean quoted = false;
        boolean bracketed = false;
        for (; at < line.length(); at++) {
            char c = line.charAt(at);
            boolean inside = quoted || bracketed;
            if (!inside && (isSpace(c) || c == '#')) {
                break;
            }
            if (c == '"') {
                quoted = !quoted;
                continue;
            }
            bracketed = !quoted && (c == '[' || bracketed && c != ']');
            word.append(c);
        }
        if (quoted || bracketed) {
            throw SourceOptions.problem(quoted ? "a quotation mark is not closed" : "a bracket is not closed");
        }
        return word.toString();
    }

    /** What stands between brackets, if they come next. */
    List<String> options() throws FormatException {
        skipSpace();
        List<String> options = new ArrayList<>();
        if (at >= line.length() || line.charAt(at) != '[') {
            return options;
        }
        at++;
        while (true) {
            skipSpace();
            if (at >= line.length()) {
                throw SourceOptions.problem("a bracket is not closed");
            }
            if (line.charAt(at) == ']') {
                at++;
                return options;
            }
            options.add(option());
        }
    }

    private String option() throws FormatException {
        var option = new StringBuilder();
        boolean quoted = false;
        for (; at < line.length(); at++) {
            char c = line.charAt(at);
            if (!quoted && (isSpace(c) || c == ']')) {
                break;
            }
            if (c == '"') {
                quoted = !quoted;
            } else {
                option.append(c);
            }
        }
        if (quoted) {
            throw SourceOptions.problem("a quotation mark is not closed");
        }
        return option.toString();
    }

    private void skipSpace() {
        while (at < line.length() && isSpace(line.charAt(at))) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }
}
