// SPDX-License-Identifier: Apache-2.0
package dev.cairn.encoding;

import dev.cairn.error.FormatException;
import java.util.Arrays;

/**
 * The base 32 of store paths and hashes: its own alphabet, least significant octet first, no padding (formats,
 * section 1; {@code guix/base32.scm}).
 */
public final class Base32 {
    /** Digits in ascending order of value; {@code e}, {@code o}, {@code u} and {@code t} are left out. */
    public static final String ALPHABET = "0123456789abcdfghijklmnpqrsvwxyz";

    private static final char[] DIGITS = ALPHABET.toCharArray();
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            VALUES[DIGITS[i]] = (byte) i;
        }
    }

    private Base32() {}

    /** Number of digits that {@code octets} octets are written with. */
    public static int encodedLength(int octets) {
        return (octets * 8 + 4) / 5;
    }

    /** The digits of {@code octets}, most significant first; the empty string for no octets. */
    public static String encode(byte[] octets) {
        int length = encodedLength(octets.length);
        char[] text = new char[length];
        for (int k = 0; k < length; k++) {
            int bit = 5 * (length - 1 - k);
            int index = bit >>> 3;
            int shift = bit & 7;
            int digit = (octets[index] & 0xff) >>> shift;
            if (shift > 3 && index + 1 < octets.length) {
                digit |= (octets[index + 1] & 0xff) << (8 - shift);
            }
            text[k] = DIGITS[digit & 31];
        }
        return new String(text);
    }

    /** Whether {@code c} is one of the 32 digits. */
    public static boolean isDigit(char c) {
        return c < 128 && VALUES[c] >= 0;
    }

    /**
     * The octets that {@link #encode} writes as {@code text}.
     *
     * @throws FormatException when a character is no digit, when no number of octets has this length, or when bits
     *     beyond the last octet are set (Guix drops those, Nix and Cairn refuse them)
     */
    public static byte[] decode(String text) throws FormatException {
        int length = text.length();
        byte[] octets = new byte[length * 5 / 8];
        if (encodedLength(octets.length) != length) {
            throw new FormatException("base 32", "no hash is written with " + length + " characters: '" + text + "'");
        }
        for (int k = 0; k < length; k++) {
            char c = text.charAt(k);
            if (!isDigit(c)) {
                throw new FormatException(
                        "base 32", "character " + (k + 1) + " of '" + text + "' is not one of " + ALPHABET);
            }
            int value = VALUES[c];
            int bit = 5 * (length - 1 - k);
            int index = bit >>> 3;
            int shift = bit & 7;
            octets[index] |= (byte) (value << shift);
            int carry = value >>> (8 - shift);
            if (carry != 0) {
                if (index + 1 >= octets.length) {
                    throw new FormatException("base 32", "'" + text + "' has bits beyond its last octet");
                }
                octets[index + 1] |= (byte) carry;
            }
        }
        return octets;
    }
}
