// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

/** Texts as a service gives them, filled and with whatever stands around them, made into such as the catalog has. */
final class Prose {
    /** No description says more; what is longer is cut. */
    private static final int LONGEST = 32 * 1024;

    private Prose() {}

    /** All in one line, single spaces between words. */
    static String line(String text) {
        return cut(text).strip().replaceAll("\\s+", " ");
    }

    /** Lines of one paragraph become one; those that begin with a space are lists and the like and stay. */
    static String paragraphs(String text) {
        StringBuilder flowing = new StringBuilder(text.length());
        boolean joins = false;
        for (String line : cut(text).strip().split("\n", -1)) {
            boolean plain = !line.isBlank() && !Character.isWhitespace(line.charAt(0));
            if (!flowing.isEmpty()) {
                flowing.append(joins && plain ? ' ' : '\n');
            }
            flowing.append(line.stripTrailing());
            joins = plain;
        }
        return flowing.toString().replace(".  ", ". ");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
