// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import java.util.Optional;

/** Names of files below an archive's root, as indices give them. */
final class ConfinedName {
    private static final int LONGEST = 1024;

    private ConfinedName() {}

    /**
     * The name without {@code ./} at its start, if it leads nowhere but below the root: relative, no {@code ..}, no
     * empty parts, no backslashes, no control characters, at most 1024 characters.
     */
    static Optional<String> of(String text) {
        String name = text;
        while (name.startsWith("./")) {
            name = name.substring(2);
        }
        if (name.isEmpty() || name.length() > LONGEST) {
            return Optional.empty();
        }
        int part = 0;
        for (int i = 0; i <= name.length(); i++) {
            char c = i < name.length() ? name.charAt(i) : '/';
            if (c < ' ' || c == 0x7f || c == '\\') {
                return Optional.empty();
            }
            if (c == '/') {
                boolean dots = i - part == 1 && name.charAt(part) == '.'
                        || i - part == 2 && name.startsWith("..", part);
                if (i == part || dots) {
                    return Optional.empty();
                }
                part = i + 1;
            }
        }
        return Optional.of(name);
    }
}
