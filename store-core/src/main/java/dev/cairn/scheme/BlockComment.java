// SPDX-License-Identifier: Apache-2.0
package dev.cairn.scheme;

import java.util.OptionalInt;

/** Comments from {@code #|} to {@code |#}, which may hold others. */
public final class BlockComment {
    private BlockComment() {}

    /**
     * Where a comment is over.
     *
     * @param start where its {@code #|} is
     * @return the place behind it; empty when it is not closed
     */
    public static OptionalInt end(String text, int start) {
        int position = start;
        int open = 0;
        do {
            if (text.startsWith("#|", position)) {
                open++;
                position += 2;
            } else if (text.startsWith("|#", position)) {
                open--;
                position += 2;
            } else {
                position++;
            }
            if (open > 0 && position >= text.length()) {
                return OptionalInt.empty();
            }
        } while (open > 0);
        return OptionalInt.of(position);
    }
}
