// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.definition;

import dev.cairn.error.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The fingerprint of an OpenPGP key.
 *
 * @param hex 40 or 64 hexadecimal digits in capitals
 */
public record Fingerprint(String hex) {
    /** @throws IllegalArgumentException when it is none */
    public Fingerprint {
        if (!hex.matches("[0-9A-F]{40}|[0-9A-F]{64}")) {
            throw new IllegalArgumentException("no fingerprint");
        }
    }

    /**
     * Reads one as people write it: white space and case mean nothing.
     *
     * @throws FormatException when it is none
     */
    public static Fingerprint parse(String text) throws FormatException {
        String hex = text.length() > 200 ? "" : text.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
        if (!hex.matches("[0-9A-F]{40}|[0-9A-F]{64}")) {
            throw new FormatException(
                    "fingerprint", "'" + text.substring(0, Math.min(100, text.length())) + "' has not 40 digits");
        }
        return new Fingerprint(hex);
    }

    /** Groups of four digits, one blank between them, two in the middle. */
    @Override
    public String toString() {
        List<String> halves = new ArrayList<>();
        for (String half : List.of(hex.substring(0, hex.length() / 2), hex.substring(hex.length() / 2))) {
            halves.add(half.replaceAll("(....)(?!$)", "$1 "));
        }
        return String.join("  ", halves);
    }
}
