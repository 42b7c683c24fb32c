// SPDX-License-Identifier: Apache-2.0
package dev.cairn.encoding;

/** Text as words of POSIX shells. */
public final class ShellWord {
    private ShellWord() {}

    /** One word that stands for exactly {@code text}, which has no NUL. */
    public static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
