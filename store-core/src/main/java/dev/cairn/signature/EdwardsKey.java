// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** A public key on the curve of Ed25519, for ECDSA. */
final class EdwardsKey implements KeyAlgorithm {
    private final PointTable multiples;

    private EdwardsKey(PointTable multiples) {
        this.multiples = multiples;
    }

    /** @param key {@code (ecc (curve Ed25519) (q #POINT#))} */
    static Optional<EdwardsKey> of(Sexp.Sequence key) {
        boolean known = key.value("curve").filter(name -> new Sexp.Atom(name).is("Ed25519")).isPresent()
                && key.find("flags").isEmpty();
        return Optional.of(key)
                .filter(_ -> known)
                .flatMap(ecc -> ecc.value("q"))
                .filter(octets -> octets.length == EdwardsEcdsa.SIZE)
                .flatMap(Point::decode)
                .map(point -> new EdwardsKey(new PointTable(point)));
    }

    @Override
    public boolean verifies(Sexp.Sequence data, Sexp.Sequence value) {
        boolean ecdsa = (KeyAlgorithm.hasFlag(data, "rfc6979") || KeyAlgorithm.hasFlag(data, "raw"))
                && !KeyAlgorithm.hasFlag(data, "eddsa")
                && value.sequence(1).filter(inner -> inner.startsWith("ecdsa") || inner.startsWith("ecc")).isPresent();
        Optional<byte[]> digest = KeyAlgorithm.digest(data).filter(octets -> octets.length == EdwardsEcdsa.SIZE);
        Optional<BigInteger> r = number(value, "r");
        Optional<BigInteger> s = number(value, "s");
        return ecdsa
                && digest.isPresent()
                && r.isPresent()
                && s.isPresent()
                && EdwardsEcdsa.verify(multiples, digest.get(), r.get(), s.get());
    }

    /** A number that, but for zeros in front, is not longer than the order; others are no part of signatures. */
    private static Optional<BigInteger> number(Sexp.Sequence value, String name) {
        return value.value(name)
                .filter(octets -> octets.length <= 2 * EdwardsEcdsa.SIZE)
                .map(octets -> new BigInteger(1, octets));
    }

    /** The expression of the public key with this point. */
    static Sexp.Sequence expression(byte[] point) {
        return Sexp.of(
                "public-key",
                Sexp.of("ecc", Sexp.of("curve", Sexp.atom("Ed25519")), Sexp.of("q", new Sexp.Atom(point))));
    }

    /** {@code octets} without zeros in front. */
    static Sexp.Atom unsigned(byte[] octets) {
        int start = 0;
        while (start < octets.length && octets[start] == 0) {
            start++;
        }
        return new Sexp.Atom(Arrays.copyOfRange(octets, start, octets.length));
    }
}
