// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

/**
 * A piece of the machine's configuration that cannot be followed; what is beside it still counts.
 *
 * @param file its name, as far as it is known
 * @param line the first one is 1; 0 where the file as a whole is meant
 * @param text a sentence without a full stop
 */
public record ConfigurationProblem(String file, int line, String text) {
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + text;
    }
}
