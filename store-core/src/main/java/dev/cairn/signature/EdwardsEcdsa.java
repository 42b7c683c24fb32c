// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * ECDSA with SHA-256 over the curve of Ed25519, as libgcrypt does it for Guix (formats, section 5.4); not EdDSA. What
 * depends on the private scalar takes the same time whatever that is.
 */
final class EdwardsEcdsa {
    /** Octets of numbers and digests. */
    static final int SIZE = 32;

    private EdwardsEcdsa() {}

    /** Two numbers, each {@value #SIZE} octets, the highest first. */
    record Signature(byte[] r, byte[] s) {}

    /** The encoding of RFC 8032 of the point that belongs to a private scalar. */
    static byte[] publicPoint(byte[] scalar) {
        Point point = new Point();
        PointTable.base().addSecretMultiple(point, Scalars.reduce(Scalars.ofBigEndian(scalar)));
        return point.encode();
    }

    /**
     * Signs.
     *
     * @param scalar {@value #SIZE} octets, the highest first; not necessarily reduced
     * @param digest {@value #SIZE} octets
     */
    static Signature sign(byte[] scalar, byte[] digest) {
        long[] e = Scalars.enter(Scalars.leftmostBits(Scalars.ofBigEndian(digest)));
        long[] d = Scalars.enter(Scalars.ofBigEndian(scalar));
        try (Nonces nonces = new Nonces(scalar, Scalars.bigEndian(Scalars.leave(e)))) {
            while (true) {
                long[] k = nonces.next();
                Point point = new Point();
                PointTable.base().addSecretMultiple(point, k);
                long[] r = Scalars.enter(Scalars.ofLittleEndian(point.affineX()));
                long[] inverse = Scalars.invert(Scalars.enter(k));
                long[] s = Scalars.multiply(inverse, Scalars.add(e, Scalars.multiply(d, r)));
                Arrays.fill(k, 0);
                Arrays.fill(inverse, 0);
                if (!Scalars.isZero(r) && !Scalars.isZero(s)) {
                    Arrays.fill(d, 0);
                    return new Signature(
                            Scalars.bigEndian(Scalars.leave(r)), Scalars.bigEndian(Scalars.leave(s)));
                }
            }
        }
    }

    /**
     * Whether a signature is one of a digest. Nothing here is secret, so time may vary.
     *
     * @param key multiples of the public point
     */
    static boolean verify(PointTable key, byte[] digest, BigInteger r, BigInteger s) {
        if (!isInRange(r) || !isInRange(s)) {
            return false;
        }
        BigInteger w = s.modInverse(Scalars.ORDER);
        BigInteger e = new BigInteger(1, digest).shiftRight(8 * SIZE - Scalars.ORDER_BITS);
        Point point = new Point();
        PointTable.base().addMultiple(point, Scalars.limbs(e.multiply(w).mod(Scalars.ORDER)));
        key.addMultiple(point, Scalars.limbs(r.multiply(w).mod(Scalars.ORDER)));
        long[] x = Scalars.reduce(Scalars.ofLittleEndian(point.affineX()));
        return Arrays.equals(x, Scalars.limbs(r));
    }

    private static boolean isInRange(BigInteger number) {
        return number.signum() > 0 && number.compareTo(Scalars.ORDER) < 0;
    }

    /** The nonces of RFC 6979 for one key and digest. */
    private static final class Nonces implements AutoCloseable {
        private final byte[] key = new byte[SIZE];
        private final byte[] value = new byte[SIZE];
        private boolean first = true;

        Nonces(byte[] scalar, byte[] reducedDigest) {
            Arrays.fill(value, (byte) 1);
            step((byte) 0, scalar, reducedDigest);
            step((byte) 1, scalar, reducedDigest);
        }

        /** The next candidate that is neither zero nor too large. */
        long[] next() {
            while (true) {
                if (!first) {
                    step((byte) 0);
                }
                first = false;
                authenticate(value, value);
                long[] candidate = Scalars.leftmostBits(Scalars.ofBigEndian(value));
                if (!Scalars.isZero(candidate) && Scalars.isReduced(candidate)) {
                    return candidate;
                }
            }
        }

        private void step(byte mark, byte[]... more) {
            byte[] input = new byte[SIZE + 1 + more.length * SIZE];
            System.arraycopy(value, 0, input, 0, SIZE);
            input[SIZE] = mark;
            for (int i = 0; i < more.length; i++) {
                System.arraycopy(more[i], 0, input, SIZE + 1 + i * SIZE, SIZE);
            }
            authenticate(input, key);
            authenticate(value, value);
            Arrays.fill(input, (byte) 0);
        }

        private void authenticate(byte[] input, byte[] result) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                mac.update(input);
                mac.doFinal(result, 0);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java run-time lacks HMAC with SHA-256", e);
            }
        }

        @Override
        public void close() {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(value, (byte) 0);
        }
    }
}
