// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import dev.cairn.error.FormatException;
import java.util.Optional;

/**
 * How a user names a package: {@code name}, {@code name@version}, {@code name:output} or {@code name@version:output}.
 *
 * @param name of the package
 * @param version exact, or the beginning of one, as {@link VersionScheme#fits} tells; may hold colons, as Debian's do
 * @param output begins with a lower-case letter, such as {@code doc}, or the architecture {@code i386}; empty stands
 *     for {@code out}
 */
public record Specification(String name, Optional<String> version, Optional<String> output) {
    /**
     * Reads the text form. What follows the last colon is the output if it begins with a lower-case letter; else it
     * belongs to the version, which follows the last at sign: {@code git@1:2.39.5} has no output. (A version that
     * has such a colon itself can only be written with an output behind it.)
     *
     * @throws FormatException when a part is empty, or what should be an output cannot be one
     */
    public static Specification parse(String text) throws FormatException {
        int at = text.lastIndexOf('@');
        int colon = text.lastIndexOf(':');
        boolean hasOutput = colon >= 0 && startsLikeOutput(text, colon + 1);
        if (colon >= 0 && !hasOutput && (at < 0 || at > colon || colon == text.length() - 1)) {
            throw problem(text, "'" + text.substring(colon + 1) + "' is not the name of an output");
        }
        String rest = hasOutput ? text.substring(0, colon) : text;
        Optional<String> output = hasOutput ? Optional.of(text.substring(colon + 1)) : Optional.empty();
        boolean hasVersion = at >= 0 && at < rest.length();
        Optional<String> version = hasVersion ? Optional.of(rest.substring(at + 1)) : Optional.empty();
        String name = hasVersion ? rest.substring(0, at) : rest;
        if (name.isEmpty() || version.filter(String::isEmpty).isPresent()) {
            throw problem(text, name.isEmpty() ? "the name is missing" : "the version is missing");
        }
        return new Specification(name, version, output);
    }

    private static boolean startsLikeOutput(String text, int index) {
        return index < text.length() && text.charAt(index) >= 'a' && text.charAt(index) <= 'z';
    }

    private static FormatException problem(String text, String what) {
        return new FormatException(
                "package specification",
                "'" + text + "' is not NAME, NAME@VERSION, NAME:OUTPUT or NAME@VERSION:OUTPUT: " + what);
    }

    @Override
    public String toString() {
        return name + version.map(v -> "@" + v).orElse("") + output.map(o -> ":" + o).orElse("");
    }
}
