// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian.script;

import java.util.List;
import java.util.Optional;

/**
 * A word of a script before its variables are replaced.
 *
 * @param pieces in order
 * @param source as it is written
 */
record ShellWord(List<Piece> pieces, String source) {
    ShellWord {
        pieces = List.copyOf(pieces);
    }

    /** A part of a word. Within quotation marks values are not parted at spaces. */
    sealed interface Piece {}

    record Literal(String text, boolean quoted) implements Piece {}

    /**
     * The value of a variable, or what a command prints if the name starts with {@code (}.
     *
     * @param otherwise what is meant if the variable is empty
     */
    record Variable(String name, Optional<String> otherwise, boolean quoted) implements Piece {}

    /** Whether the word is exactly this, unquoted. */
    boolean is(String text) {
        return source.equals(text);
    }

    /** The text, if no variable is in it. */
    Optional<String> constant() {
        var text = new StringBuilder();
        for (Piece piece : pieces) {
            switch (piece) {
                case Literal(String literal, _) -> text.append(literal);
                case Variable _ -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(text.toString());
    }
}
