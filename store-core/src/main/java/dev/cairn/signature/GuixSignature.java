// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A signature as Guix writes them into archives and narinfos (formats, section 5.4). Its parts are found wherever they
 * are in the expression, as Guix finds them.
 */
public record GuixSignature(Sexp.Sequence expression) {
    /** What is to be thought of a signature. */
    public enum Verdict {
        /** An authorised key signed just this hash. */
        VALID,
        /** It says to be of an authorised key and is not. */
        INVALID,
        /** Something else was signed. */
        HASH_MISMATCH,
        /** The key is not on the list. */
        UNAUTHORISED,
        /** It lacks the data or the key. */
        CORRUPT
    }

    /** Reads any form. */
    public static GuixSignature read(byte[] text) throws FormatException {
        return new GuixSignature(SexpReader.read(text));
    }

    /** The key that is said to have signed. */
    public Optional<Sexp.Sequence> subject() {
        return expression.find("public-key");
    }

    /** What was signed, with flags. */
    public Optional<Sexp.Sequence> data() {
        return expression.find("data");
    }

    /**
     * Judges by the first thing that is wrong, in the order for narinfos: a part is missing, the key is not authorised,
     * another hash was signed, the signature is no signature of it.
     */
    public Verdict evaluate(AccessList authorised, Hash expected) {
        Optional<PublicKey> key = subject().flatMap(authorised::key);
        if (subject().isEmpty() || data().isEmpty()) {
            return Verdict.CORRUPT;
        }
        if (key.isEmpty()) {
            return Verdict.UNAUTHORISED;
        }
        if (!signs(expected)) {
            return Verdict.HASH_MISMATCH;
        }
        return isSignedBy(key.get()) ? Verdict.VALID : Verdict.INVALID;
    }

    /** Judges in the order for archives, where the signature is verified before hashes are compared. */
    public Verdict authenticate(AccessList authorised, Hash expected) {
        Verdict verdict = evaluate(authorised, expected);
        boolean verified = verdict != Verdict.HASH_MISMATCH
                || subject().flatMap(authorised::key).filter(this::isSignedBy).isPresent();
        return verified ? verdict : Verdict.INVALID;
    }

    private boolean signs(Hash expected) {
        return data().flatMap(KeyAlgorithm::digest)
                .filter(octets -> Arrays.equals(octets, expected.octets()))
                .isPresent();
    }

    private boolean isSignedBy(PublicKey key) {
        Optional<Sexp.Sequence> value = expression.find("sig-val");
        return value.isPresent() && key.verifies(data().orElseThrow(), value.get());
    }

    /** The text in Guix's form, with a line end. */
    public String text() {
        return SexpWriter.advanced(expression);
    }

    /** The octets of {@link #text}. */
    public byte[] octets() {
        return text().getBytes(StandardCharsets.ISO_8859_1);
    }
}
