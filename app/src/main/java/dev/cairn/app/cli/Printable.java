// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

/** Text from builders and package definitions, made safe to show: no control character reaches a terminal. */
final class Printable {
    private Printable() {}

    /** A single line: all control characters replaced, tabs kept. */
    static String line(String text) {
        return replace(text, false);
    }

    /** Several lines. */
    static String text(String text) {
        return replace(text, true);
    }

    private static String replace(String text, boolean lines) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean keep = c == '\t' || lines && c == '\n' || !Character.isISOControl(c);
            result.appendCodePoint(keep ? c : '\uFFFD');
        });
        return result.toString();
    }
}
