// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

/**
 * A description of a package: a line and a longer text.
 *
 * @param synopsis one line
 * @param text lines as they are in the archive; empty ones part paragraphs, those that start with a space are to be
 *     shown as they are; empty if there is only a synopsis
 */
public record PackageDescription(String synopsis, String text) {
    /** Parts the value of {@code Description} or {@code Description-en}; a line of {@code .} is an empty one. */
    public static PackageDescription of(String value) {
        int feed = value.indexOf('\n');
        if (feed < 0) {
            return new PackageDescription(value, "");
        }
        var text = new StringBuilder(value.length() - feed);
        for (int from = feed + 1, to; from <= value.length(); from = to + 1) {
            to = value.indexOf('\n', from);
            to = to < 0 ? value.length() : to;
            if (from > feed + 1) {
                text.append('\n');
            }
            if (to - from != 1 || value.charAt(from) != '.') {
                text.append(value, from, to);
            }
        }
        return new PackageDescription(value.substring(0, feed), text.toString().stripTrailing());
    }
}
