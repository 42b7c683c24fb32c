// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import dev.cairn.error.FormatException;
import dev.cairn.hash.HashAlgorithm;
import java.util.HexFormat;
import java.util.Optional;

/** A public key as Guix writes them. Two are the same when their expressions are. Safe for use by several threads. */
public final class PublicKey {
    private final Sexp.Sequence expression;

    /** Making tables for it takes longer than verifying once, and not every key that is read is used. */
    private volatile Optional<Optional<KeyAlgorithm>> algorithm = Optional.empty();

    /**
     * A key from its expression.
     *
     * @throws FormatException unless it starts with {@code public-key}; keys of unknown kinds are keys, too
     */
    public PublicKey(Sexp.Sequence expression) throws FormatException {
        if (!expression.startsWith("public-key")) {
            throw new FormatException("public key", "the expression does not start with 'public-key'");
        }
        this.expression = expression;
    }

    /** Reads the text of a key file. */
    public static PublicKey read(byte[] text) throws FormatException {
        return new PublicKey(SexpReader.read(text));
    }

    /** The key as it was written. */
    public Sexp.Sequence expression() {
        return expression;
    }

    /**
     * What people compare: 64 hexadecimal digits in upper case. Of a key on the curve of Ed25519 these are the {@code
     * q} of its file, which its owner publishes; of any other key, the SHA-256 of its canonical expression.
     */
    public String fingerprint() {
        boolean edwards = expression.value("curve").filter(name -> new Sexp.Atom(name).is("Ed25519")).isPresent();
        byte[] octets = expression
                .value("q")
                .filter(point -> edwards && point.length == EdwardsEcdsa.SIZE)
                .orElseGet(() -> HashAlgorithm.SHA256.newDigest().digest(SexpWriter.canonical(expression)));
        return HexFormat.of().withUpperCase().formatHex(octets);
    }

    /** What kind of key it is, as its expression says: {@code Ed25519}, {@code rsa}; empty when it says nothing. */
    public String kind() {
        return expression
                .value("curve")
                .or(() -> expression.sequence(1).flatMap(inner -> inner.octets(0)))
                .map(octets -> new Sexp.Atom(octets).toString())
                .orElse("");
    }

    /**
     * Whether {@code value}, a {@code sig-val}, is this key's signature of {@code data}; false for keys of kinds that
     * are not known here, which are all but ECDSA over Ed25519's curve and RSA.
     */
    public boolean verifies(Sexp.Sequence data, Sexp.Sequence value) {
        return algorithm().filter(known -> known.verifies(data, value)).isPresent();
    }

    /** Whether signatures of this key can be checked here; where not, nothing is ever believed from it. */
    public boolean isUsable() {
        return algorithm().isPresent();
    }

    private Optional<KeyAlgorithm> algorithm() {
        if (algorithm.isEmpty()) {
            algorithm = Optional.of(KeyAlgorithm.of(expression));
        }
        return algorithm.get();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey key && key.expression.equals(expression);
    }

    @Override
    public int hashCode() {
        return expression.hashCode();
    }

    /** The text of its file. */
    @Override
    public String toString() {
        return SexpWriter.advanced(expression);
    }
}
