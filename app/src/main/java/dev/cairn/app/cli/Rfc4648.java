// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

/** The base 32 of RFC 4648 in lower case and without padding, which Guix calls {@code base32}. */
final class Rfc4648 {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private Rfc4648() {}

    static String base32(byte[] octets) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int pending = 0;
        for (byte octet : octets) {
            pending = pending << 8 | octet & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(ALPHABET.charAt(pending >>> bits & 31));
            }
            pending &= (1 << bits) - 1;
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt(pending << 5 - bits & 31));
        }
        return text.toString();
    }
}
