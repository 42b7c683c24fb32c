// SPDX-License-Identifier: Apache-2.0
package dev.cairn.git;

import java.util.regex.Pattern;

/** How commits are named. */
public final class Commits {
    private static final Pattern FULL = Pattern.compile("[0-9a-f]{40}");

    private Commits() {}

    /** Whether a text is the name of a commit in full: its SHA-1, in 40 hexadecimal digits. */
    public static boolean isFull(String text) {
        return FULL.matcher(text).matches();
    }
}
