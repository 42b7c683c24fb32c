// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import java.util.Locale;
import java.util.Optional;

/** Digests and sizes as they are written in indices. */
final class Digits {
    private Digits() {}

    /** The text in lower case, if it is {@code digits} hexadecimal digits. */
    static Optional<String> hexadecimal(String text, int digits) {
        if (text.length() != digits) {
            return Optional.empty();
        }
        for (int i = 0; i < digits; i++) {
            if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) >= 0x80) {
                return Optional.empty();
            }
        }
        return Optional.of(text.toLowerCase(Locale.ROOT));
    }

    /** A number of octets, at most 18 digits. */
    static Optional<Long> size(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        return Optional.of(Long.parseLong(text));
    }
}
