// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import java.math.BigInteger;
import java.util.Optional;

/** What a public key can verify. */
sealed interface KeyAlgorithm permits EdwardsKey, RsaKey {
    /**
     * Whether {@code value} is this key's signature of {@code data}.
     *
     * @param data flags and a hash
     * @param value a {@code sig-val}
     */
    boolean verifies(Sexp.Sequence data, Sexp.Sequence value);

    /** How a public key's expression is to be used; empty for keys of kinds that are not known here. */
    static Optional<KeyAlgorithm> of(Sexp.Sequence publicKey) {
        Optional<Sexp.Sequence> inner = publicKey.sequence(1);
        if (inner.isEmpty()) {
            return Optional.empty();
        }
        Sexp.Sequence key = inner.get();
        if (key.startsWith("ecc") || key.startsWith("ecdsa")) {
            return EdwardsKey.of(key).map(KeyAlgorithm.class::cast);
        }
        return key.startsWith("rsa") ? RsaKey.of(key).map(KeyAlgorithm.class::cast) : Optional.empty();
    }

    /** Whether an expression has {@code (flags ... FLAG ...)}. */
    static boolean hasFlag(Sexp.Sequence expression, String flag) {
        return expression.find("flags").stream()
                .flatMap(flags -> flags.elements().stream().skip(1))
                .anyMatch(element -> element instanceof Sexp.Atom atom && atom.is(flag));
    }

    /** The digest in {@code (hash ALGORITHM #DIGEST#)}. */
    static Optional<byte[]> digest(Sexp.Sequence data) {
        return data.find("hash").flatMap(hash -> hash.octets(2));
    }

    /** A number of an expression: unsigned, the highest octet first. */
    static Optional<BigInteger> number(Sexp.Sequence expression, String name) {
        return expression.value(name).map(octets -> new BigInteger(1, octets));
    }
}
