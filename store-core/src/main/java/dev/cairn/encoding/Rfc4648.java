// SPDX-License-Identifier: Apache-2.0
package dev.cairn.encoding;

/**
 * The base 32 of RFC 4648 in small letters and without padding, which Guix calls {@code base32} and names folders of
 * its caches by. That of store paths is {@link Base32}.
 */
public final class Rfc4648 {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private Rfc4648() {}

    /** The digits of {@code octets}, the most significant bits of the first octet first. */
    public static String base32(byte[] octets) {
        StringBuilder text = new StringBuilder((octets.length * 8 + 4) / 5);
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
