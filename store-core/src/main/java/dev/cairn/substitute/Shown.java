// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

/** Texts that contain what a server wrote, fit for messages. */
final class Shown {
    private static final int LENGTH = 300;

    private Shown() {}

    /** The same without what cannot be seen, and not longer than a few lines. */
    static String text(String text) {
        String start = text.length() > LENGTH ? text.substring(0, LENGTH) + "..." : text;
        return start.replaceAll("[^ -~]", "?");
    }
}
