// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import dev.cairn.error.FormatException;
import dev.cairn.hash.HashAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** A key that signs as Nix does: Ed25519 as in RFC 8032, by the JDK. Never shows itself by {@link #toString}. */
public final class NixSecretKey {
    private static final String ALGORITHM = "Ed25519";
    private static final int SEED_SIZE = 32;

    private final String name;
    private final byte[] seed;
    private final NixPublicKey publicKey;

    private NixSecretKey(String name, byte[] seed) throws FormatException {
        this.name = name;
        this.seed = seed.clone();
        this.publicKey = new NixPublicKey(name, publicPoint(seed));
    }

    /** Reads {@code NAME:BASE64} of seed and public key; they must belong together. */
    public static NixSecretKey parse(String text) throws FormatException {
        NixSignature.Named named =
                NixSignature.Named.parse("Nix secret key", text, SEED_SIZE + NixPublicKey.SIZE);
        NixSecretKey key = new NixSecretKey(named.name(), Arrays.copyOf(named.octets(), SEED_SIZE));
        if (!key.text().equals(text)) {
            throw new FormatException("Nix secret key", "its public half does not belong to its secret one");
        }
        return key;
    }

    /** Makes a new key. @param name without a colon */
    public static NixSecretKey generate(String name) throws FormatException {
        byte[] seed = new byte[SEED_SIZE];
        new SecureRandom().nextBytes(seed);
        return parse(new NixSecretKey(name, seed).text());
    }

    /** The public half. */
    public NixPublicKey publicKey() {
        return publicKey;
    }

    /** What its file holds. */
    public String text() {
        byte[] both = Arrays.copyOf(seed, SEED_SIZE + NixPublicKey.SIZE);
        System.arraycopy(publicPoint(seed), 0, both, SEED_SIZE, NixPublicKey.SIZE);
        return name + ":" + Base64.getEncoder().encodeToString(both);
    }

    /** Signs a text, {@link NixSignature#fingerprint} for instance. */
    public NixSignature sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey());
            signature.update(text);
            return new NixSignature(name, signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java run-time lacks " + ALGORITHM, e);
        }
    }

    private PrivateKey privateKey() throws GeneralSecurityException {
        return KeyFactory.getInstance(ALGORITHM)
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    }

    /** The base point times the scalar that RFC 8032 makes of a seed. */
    private static byte[] publicPoint(byte[] seed) {
        byte[] scalar = Arrays.copyOf(HashAlgorithm.SHA512.newDigest().digest(seed), SEED_SIZE);
        scalar[0] &= (byte) 0xf8;
        scalar[SEED_SIZE - 1] = (byte) (scalar[SEED_SIZE - 1] & 0x7f | 0x40);
        Point point = new Point();
        PointTable.base().addSecretMultiple(point, Scalars.reduce(Scalars.ofLittleEndian(scalar)));
        return point.encode();
    }

    @Override
    public String toString() {
        return "the secret key of " + publicKey;
    }
}
