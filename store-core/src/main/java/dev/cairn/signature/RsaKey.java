// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;

/** A public key for RSA with PKCS #1 1.5 and SHA-256, which older installations sign with. */
final class RsaKey implements KeyAlgorithm {
    private static final int MIN_BITS = 1024;
    private static final int MAX_BITS = 16384;
    private static final byte[] SHA256_INFO = HexFormat.of().parseHex("3031300d060960864801650304020105000420");

    private final BigInteger modulus;
    private final BigInteger exponent;

    private RsaKey(BigInteger modulus, BigInteger exponent) {
        this.modulus = modulus;
        this.exponent = exponent;
    }

    /** @param key {@code (rsa (n #MODULUS#) (e #EXPONENT#))} */
    static Optional<RsaKey> of(Sexp.Sequence key) {
        Optional<BigInteger> n = KeyAlgorithm.number(key, "n");
        Optional<BigInteger> e = KeyAlgorithm.number(key, "e");
        boolean usable = n.isPresent()
                && e.isPresent()
                && n.get().bitLength() >= MIN_BITS
                && n.get().bitLength() <= MAX_BITS
                && e.get().testBit(0)
                && e.get().bitLength() > 1
                && e.get().bitLength() <= 64;
        return usable ? Optional.of(new RsaKey(n.get(), e.get())) : Optional.empty();
    }

    @Override
    public boolean verifies(Sexp.Sequence data, Sexp.Sequence value) {
        Optional<byte[]> digest = KeyAlgorithm.digest(data).filter(octets -> octets.length == 32);
        Optional<BigInteger> s = value.sequence(1)
                .filter(inner -> inner.startsWith("rsa"))
                .flatMap(inner -> KeyAlgorithm.number(inner, "s"));
        boolean stated = KeyAlgorithm.hasFlag(data, "pkcs1")
                && data.find("hash").flatMap(hash -> hash.octets(1)).map(Sexp.Atom::new)
                        .filter(name -> name.is("sha256")).isPresent();
        if (!stated || digest.isEmpty() || s.isEmpty() || s.get().compareTo(modulus) >= 0) {
            return false;
        }
        BigInteger expected = new BigInteger(1, padded(digest.get(), (modulus.bitLength() + 7) / 8));
        return s.get().modPow(exponent, modulus).equals(expected);
    }

    /** EMSA-PKCS1-v1_5. */
    private static byte[] padded(byte[] digest, int length) {
        byte[] block = new byte[length];
        Arrays.fill(block, 1, length, (byte) 0xff);
        block[1] = 1;
        int start = length - SHA256_INFO.length - digest.length;
        block[start - 1] = 0;
        System.arraycopy(SHA256_INFO, 0, block, start, SHA256_INFO.length);
        System.arraycopy(digest, 0, block, start + SHA256_INFO.length, digest.length);
        return block;
    }

    /**
     * Signs with a private key.
     *
     * @param key {@code (rsa (n) (e) (d) (p) (q) (u))}
     * @return empty when the key lacks something or makes no sense
     */
    static Optional<byte[]> sign(Sexp.Sequence key, byte[] digest) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, privateKey(key));
            byte[] info = Arrays.copyOf(SHA256_INFO, SHA256_INFO.length + digest.length);
            System.arraycopy(digest, 0, info, SHA256_INFO.length, digest.length);
            return Optional.of(cipher.doFinal(info));
        } catch (GeneralSecurityException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    /** libgcrypt has the smaller prime first and the inverse of that one; Java the other way round. */
    private static PrivateKey privateKey(Sexp.Sequence key) throws GeneralSecurityException {
        BigInteger d = part(key, "d");
        BigInteger p = part(key, "p");
        BigInteger q = part(key, "q");
        return KeyFactory.getInstance("RSA").generatePrivate(new RSAPrivateCrtKeySpec(
                part(key, "n"),
                part(key, "e"),
                d,
                q,
                p,
                d.mod(q.subtract(BigInteger.ONE)),
                d.mod(p.subtract(BigInteger.ONE)),
                part(key, "u")));
    }

    private static BigInteger part(Sexp.Sequence key, String name) throws GeneralSecurityException {
        return KeyAlgorithm.number(key, name)
                .orElseThrow(() -> new GeneralSecurityException("the key has no part " + name));
    }

    /** A new private key's {@code (rsa ...)}. */
    static Sexp.Sequence generate(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            RSAPrivateCrtKey key =
                    (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
            BigInteger p = key.getPrimeP().min(key.getPrimeQ());
            BigInteger q = key.getPrimeP().max(key.getPrimeQ());
            return Sexp.of(
                    "rsa",
                    number("n", key.getModulus()),
                    number("e", key.getPublicExponent()),
                    number("d", key.getPrivateExponent()),
                    number("p", p),
                    number("q", q),
                    number("u", p.modInverse(q)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java run-time lacks RSA", e);
        }
    }

    private static Sexp.Sequence number(String name, BigInteger value) {
        return Sexp.of(name, new Sexp.Atom(value.toByteArray()));
    }
}
