// SPDX-License-Identifier: Apache-2.0
package dev.cairn.hash;

import dev.cairn.encoding.Base32;
import dev.cairn.error.FormatException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A hash value and the algorithm it was computed with. Immutable.
 *
 * @param algorithm how it was computed
 * @param octets the value; copied on the way in and out, {@link HashAlgorithm#size()} octets
 */
public record Hash(HashAlgorithm algorithm, byte[] octets) {
    public Hash {
        if (octets.length != algorithm.size()) {
            throw new IllegalArgumentException(
                    algorithm.id() + " has " + algorithm.size() + " octets, not " + octets.length);
        }
        octets = octets.clone();
    }

    /** The hash of {@code data}. */
    public static Hash of(HashAlgorithm algorithm, byte[] data) {
        return new Hash(algorithm, algorithm.newDigest().digest(data));
    }

    /** The SHA-256 of {@code data}. */
    public static Hash sha256(byte[] data) {
        return of(HashAlgorithm.SHA256, data);
    }

    /** Takes the value out of {@code digest}, which is reset. */
    public static Hash from(HashAlgorithm algorithm, MessageDigest digest) {
        return new Hash(algorithm, digest.digest());
    }

    /**
     * Reads a value written as hexadecimal (either case) or base 32, told apart by length.
     *
     * @throws FormatException when it is neither, or not of this algorithm's size
     */
    public static Hash parse(HashAlgorithm algorithm, String text) throws FormatException {
        if (text.length() == 2 * algorithm.size()) {
            try {
                return new Hash(algorithm, HexFormat.of().parseHex(text));
            } catch (IllegalArgumentException e) {
                throw new FormatException(algorithm.id() + " hash", "'" + text + "' is not hexadecimal");
            }
        }
        if (text.length() == Base32.encodedLength(algorithm.size())) {
            return new Hash(algorithm, Base32.decode(text));
        }
        throw new FormatException(
                algorithm.id() + " hash",
                "'" + text + "' has " + text.length() + " characters; expected " + 2 * algorithm.size()
                        + " hexadecimal or " + Base32.encodedLength(algorithm.size()) + " base 32 characters");
    }

    /** Reads {@code ALGORITHM:VALUE}, the form of the database (hexadecimal) and of narinfos (base 32). */
    public static Hash parse(String text) throws FormatException {
        int colon = text.indexOf(':');
        HashAlgorithm algorithm = HashAlgorithm.of(colon < 0 ? "" : text.substring(0, colon))
                .orElseThrow(() -> new FormatException("hash", "'" + text + "' does not start with a known algorithm"));
        return parse(algorithm, text.substring(colon + 1));
    }

    @Override
    public byte[] octets() {
        return octets.clone();
    }

    /** Lower-case hexadecimal. */
    public String hex() {
        return HexFormat.of().formatHex(octets);
    }

    /** The base 32 of store paths. */
    public String base32() {
        return Base32.encode(octets);
    }

    /** Folds the value to {@code size} octets by exclusive or (formats, section 1, "compression"). */
    public byte[] compress(int size) {
        byte[] folded = new byte[size];
        for (int i = 0; i < octets.length; i++) {
            folded[i % size] ^= octets[i];
        }
        return folded;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash(HashAlgorithm a, byte[] o) && a == algorithm && Arrays.equals(o, octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** {@code ALGORITHM:HEX}, as the store database writes it. */
    @Override
    public String toString() {
        return algorithm.id() + ":" + hex();
    }
}
