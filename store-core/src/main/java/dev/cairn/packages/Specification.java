// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import dev.cairn.error.FormatException;
import java.util.Optional;

/**
 * How a user names a package: {@code name}, {@code name@version}, {@code name:output} or {@code name@version:output}.
 *
 * @param name of the package
 * @param version exact, or a prefix that ends at a dot
 * @param output such as {@code doc}; empty stands for {@code out}
 */
public record Specification(String name, Optional<String> version, Optional<String> output) {
    /**
     * Reads the text form: the output follows the last colon, the version the last at sign before it.
     *
     * @throws FormatException when a part is empty
     */
    public static Specification parse(String text) throws FormatException {
        String rest = text;
        Optional<String> output = Optional.empty();
        int colon = rest.lastIndexOf(':');
        if (colon >= 0) {
            output = Optional.of(rest.substring(colon + 1));
            rest = rest.substring(0, colon);
        }
        Optional<String> version = Optional.empty();
        int at = rest.lastIndexOf('@');
        if (at >= 0) {
            version = Optional.of(rest.substring(at + 1));
            rest = rest.substring(0, at);
        }
        if (rest.isEmpty()
                || version.filter(String::isEmpty).isPresent()
                || output.filter(String::isEmpty).isPresent()) {
            throw new FormatException(
                    "package specification", "'" + text
                            + "' is not NAME, NAME@VERSION, NAME:OUTPUT or NAME@VERSION:OUTPUT");
        }
        return new Specification(rest, version, output);
    }

    @Override
    public String toString() {
        return name + version.map(v -> "@" + v).orElse("") + output.map(o -> ":" + o).orElse("");
    }
}
