// SPDX-License-Identifier: Apache-2.0
package dev.cairn.launch;

/** Text for POSIX shells. */
final class ShellText {
    private ShellText() {}

    /** One word that stands for exactly {@code text}. */
    static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
