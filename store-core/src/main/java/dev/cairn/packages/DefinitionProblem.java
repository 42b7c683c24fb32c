// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

/**
 * Something wrong in the files of a channel. What it is about is left out of the channel; all else stays usable.
 *
 * @param file relative to the channel
 * @param line from 1; 0 when the file as a whole is meant
 * @param column from 1, in characters; 0 when the file as a whole is meant
 * @param field such as {@code fortune.source.sha256}; empty when the file as a whole is meant
 * @param found what is there
 * @param expected what should be there
 */
public record DefinitionProblem(String file, int line, int column, String field, String found, String expected) {
    /** {@code FILE:LINE:COLUMN}, or the file alone. */
    public String position() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }

    /** All of it in one line. */
    public String message() {
        return position() + ": " + (field.isEmpty() ? "" : field + ": ") + "found " + found + ", expected " + expected;
    }
}
