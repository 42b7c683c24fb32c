// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import dev.cairn.error.FormatException;
import dev.cairn.hash.Hash;
import dev.cairn.hash.HashAlgorithm;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A private key as Guix writes them, which signs: ECDSA over Ed25519's curve, or RSA. Never shows itself in messages
 * or by {@link #toString}. Safe for use by several threads.
 */
public final class SecretKey {
    /** What guix generates unless told otherwise. */
    public static final String DEFAULT_PARAMETERS = "(genkey (ecdsa (curve Ed25519) (flags rfc6979)))";

    private static final String FORMAT = "private key";
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;

    private final Sexp.Sequence expression;
    private final Sexp.Sequence inner;
    private final PublicKey publicKey;
    private final boolean edwards;

    private SecretKey(Sexp.Sequence expression) throws FormatException {
        this.expression = expression;
        this.inner = expression
                .sequence(1)
                .filter(_ -> expression.startsWith("private-key"))
                .orElseThrow(() -> new FormatException(FORMAT, "the expression does not start with 'private-key'"));
        this.edwards = inner.startsWith("ecc") || inner.startsWith("ecdsa");
        this.publicKey = new PublicKey(edwards ? edwardsPublicKey(inner) : rsaPublicKey(inner));
        if (KeyAlgorithm.of(publicKey.expression()).isEmpty()) {
            throw new FormatException(FORMAT, "Cairn signs with keys of Ed25519's curve and RSA only");
        }
    }

    /**
     * Reads the text of a key file.
     *
     * @throws FormatException also when the public part does not belong to the private one
     */
    public static SecretKey read(byte[] text) throws FormatException {
        return new SecretKey(SexpReader.read(text));
    }

    /**
     * Makes a new key.
     *
     * @param parameters as {@code guix archive --generate-key} takes them, {@link #DEFAULT_PARAMETERS} for instance or
     *     {@code (genkey (rsa (nbits 4:4096)))}
     * @throws FormatException when they mean no kind of key that is known here
     */
    public static SecretKey generate(Sexp.Sequence parameters) throws FormatException {
        Sexp.Sequence kind = parameters
                .sequence(1)
                .filter(_ -> parameters.startsWith("genkey"))
                .orElseThrow(() -> new FormatException("key parameters", "they do not start with 'genkey'"));
        if (kind.startsWith("rsa")) {
            return new SecretKey(Sexp.of("private-key", RsaKey.generate(rsaBits(kind))));
        }
        boolean ecdsa = (kind.startsWith("ecdsa") || kind.startsWith("ecc"))
                && kind.value("curve").map(Sexp.Atom::new).filter(name -> name.is("Ed25519")).isPresent()
                && !KeyAlgorithm.hasFlag(kind, "eddsa");
        if (!ecdsa) {
            throw new FormatException("key parameters", "only ECDSA over Ed25519's curve and RSA are known");
        }
        return edwards();
    }

    /** As libgcrypt makes them: the topmost bit clear, the one below set, the lowest three clear. */
    private static SecretKey edwards() throws FormatException {
        byte[] scalar = new byte[EdwardsEcdsa.SIZE];
        new SecureRandom().nextBytes(scalar);
        scalar[0] = (byte) (scalar[0] & 0x7f | 0x40);
        scalar[scalar.length - 1] &= (byte) 0xf8;
        return new SecretKey(Sexp.of(
                "private-key",
                Sexp.of(
                        "ecc",
                        Sexp.of("curve", Sexp.atom("Ed25519")),
                        Sexp.of("q", new Sexp.Atom(EdwardsEcdsa.publicPoint(scalar))),
                        Sexp.of("d", new Sexp.Atom(scalar)))));
    }

    private static int rsaBits(Sexp.Sequence kind) throws FormatException {
        String digits = kind.value("nbits").map(Sexp.Atom::new).map(Sexp.Atom::toString).orElse("4096");
        int bits = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
            throw new FormatException(
                    "key parameters", "an RSA key has " + MIN_RSA_BITS + " to " + MAX_RSA_BITS + " bits");
        }
        return bits;
    }

    private static Sexp.Sequence edwardsPublicKey(Sexp.Sequence inner) throws FormatException {
        if (inner.value("curve").map(Sexp.Atom::new).filter(name -> name.is("Ed25519")).isEmpty()) {
            throw new FormatException(FORMAT, "its curve is not Ed25519");
        }
        byte[] point = inner.value("q").orElseThrow(() -> new FormatException(FORMAT, "it has no point q"));
        if (!Arrays.equals(point, EdwardsEcdsa.publicPoint(scalar(inner)))) {
            throw new FormatException(FORMAT, "its point q does not belong to its scalar d");
        }
        return EdwardsKey.expression(point);
    }

    private static byte[] scalar(Sexp.Sequence inner) throws FormatException {
        byte[] stripped = EdwardsKey.unsigned(inner.value("d").orElse(new byte[0])).octets();
        if (stripped.length == 0 || stripped.length > EdwardsEcdsa.SIZE) {
            throw new FormatException(FORMAT, "its scalar d does not have 1 to 32 octets");
        }
        byte[] scalar = new byte[EdwardsEcdsa.SIZE];
        System.arraycopy(stripped, 0, scalar, scalar.length - stripped.length, stripped.length);
        return scalar;
    }

    private static Sexp.Sequence rsaPublicKey(Sexp.Sequence inner) {
        List<Sexp> parts = inner.elements().stream()
                .filter(element -> !(element instanceof Sexp.Sequence part)
                        || part.startsWith("n")
                        || part.startsWith("e"))
                .toList();
        return Sexp.of("public-key", new Sexp.Sequence(parts));
    }

    /** The public half. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** The text of its file. */
    public String fileText() {
        return SexpWriter.advanced(expression);
    }

    /**
     * Signs a SHA-256.
     *
     * @throws FormatException when the parts of an RSA key do not belong together
     */
    public GuixSignature sign(Hash hash) throws FormatException {
        if (hash.algorithm() != HashAlgorithm.SHA256) {
            throw new IllegalArgumentException("Guix signs SHA-256, not " + hash.algorithm().id());
        }
        Sexp.Sequence value = edwards ? ecdsa(hash.octets()) : rsa(hash.octets());
        Sexp.Sequence data = Sexp.of(
                "data",
                Sexp.of("flags", Sexp.atom(edwards ? "rfc6979" : "pkcs1")),
                Sexp.of("hash", Sexp.atom("sha256"), new Sexp.Atom(hash.octets())));
        return new GuixSignature(
                Sexp.of("signature", data, Sexp.of("sig-val", value), publicKey.expression()));
    }

    private Sexp.Sequence ecdsa(byte[] digest) throws FormatException {
        byte[] scalar = scalar(inner);
        EdwardsEcdsa.Signature signature = EdwardsEcdsa.sign(scalar, digest);
        Arrays.fill(scalar, (byte) 0);
        return Sexp.of(
                "ecdsa",
                Sexp.of("r", EdwardsKey.unsigned(signature.r())),
                Sexp.of("s", EdwardsKey.unsigned(signature.s())));
    }

    private Sexp.Sequence rsa(byte[] digest) throws FormatException {
        Optional<byte[]> signed = RsaKey.sign(inner, digest);
        return Sexp.of("rsa", Sexp.of("s", new Sexp.Atom(signed.orElseThrow(
                () -> new FormatException(FORMAT, "the parts of the RSA key do not belong together")))));
    }

    @Override
    public String toString() {
        return "the private key of " + publicKey;
    }
}
