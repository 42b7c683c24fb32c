// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import dev.cairn.error.FormatException;
import dev.cairn.hash.HashAlgorithm;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A key whose signatures Nix believes: Ed25519 as in RFC 8032. Safe for use by several threads. */
public final class NixPublicKey {
    static final int SIZE = 32;

    private final String name;
    private final byte[] octets;
    private final PointTable multiples;

    NixPublicKey(String name, byte[] octets) throws FormatException {
        this.name = name;
        this.octets = octets.clone();
        Point point = Point.decode(octets)
                .filter(found -> !isSmall(found))
                .orElseThrow(() -> new FormatException("Nix public key", "the key '" + name + "' is no point"));
        this.multiples = new PointTable(point);
    }

    /** Whether a point has an order of at most 8, so that signatures of anything can be made for it. */
    private static boolean isSmall(Point point) {
        Point multiple = new Point().set(point);
        for (int i = 0; i < 3; i++) {
            multiple.add(new Point().set(multiple));
        }
        return Arrays.equals(multiple.encode(), new Point().encode());
    }

    /** Reads {@code NAME:BASE64}. */
    public static NixPublicKey parse(String text) throws FormatException {
        NixSignature.Named named = NixSignature.Named.parse("Nix public key", text, SIZE);
        return new NixPublicKey(named.name(), named.octets());
    }

    /** What the key is called. */
    public String name() {
        return name;
    }

    /** What people compare: the 32 octets of the key in hexadecimal digits, upper case. */
    public String fingerprint() {
        return HexFormat.of().withUpperCase().formatHex(octets);
    }

    /** Whether a signature is by this key, by name and in fact, of {@code text}. */
    public boolean verifies(NixSignature signature, byte[] text) {
        byte[] r = Arrays.copyOf(signature.octets(), SIZE);
        BigInteger s = littleEndian(Arrays.copyOfRange(signature.octets(), SIZE, 2 * SIZE));
        if (!signature.keyName().equals(name) || s.compareTo(Scalars.ORDER) >= 0) {
            return false;
        }
        MessageDigest digest = HashAlgorithm.SHA512.newDigest();
        digest.update(r);
        digest.update(octets);
        BigInteger challenge = littleEndian(digest.digest(text)).negate().mod(Scalars.ORDER);
        Point point = new Point();
        PointTable.base().addMultiple(point, Scalars.limbs(s));
        multiples.addMultiple(point, Scalars.limbs(challenge));
        return Arrays.equals(point.encode(), r);
    }

    private static BigInteger littleEndian(byte[] octets) {
        byte[] reversed = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            reversed[i] = octets[octets.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NixPublicKey key && key.name.equals(name) && Arrays.equals(key.octets, octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** {@code NAME:BASE64}. */
    @Override
    public String toString() {
        return name + ":" + Base64.getEncoder().encodeToString(octets);
    }
}
