// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import java.math.BigInteger;

/**
 * Arithmetic modulo the order of the base point, in Montgomery's form. A number is eight limbs of 32 bits, the lowest
 * first. No step depends on the values, in time or in the memory it touches, so that secrets may go through all of it.
 */
final class Scalars {
    /** The order of the base point. */
    static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    /** Bits of the order. */
    static final int ORDER_BITS = 253;

    private static final int LIMBS = 8;
    private static final long MASK = 0xffff_ffffL;
    private static final long[] N = limbs(ORDER);

    /** What makes the lowest limb vanish: the negative inverse of the order modulo 2^32. */
    private static final long FACTOR =
            ORDER.modInverse(BigInteger.ONE.shiftLeft(32)).negate().longValue() & MASK;

    private static final long[] R = limbs(BigInteger.ONE.shiftLeft(256).mod(ORDER));
    private static final long[] R_SQUARED = limbs(BigInteger.ONE.shiftLeft(512).mod(ORDER));
    private static final long[] ONE = limbs(BigInteger.ONE);
    private static final byte[] INVERTING = bigEndian(limbs(ORDER.subtract(BigInteger.TWO)));

    private Scalars() {}

    /** A number below 2^256 that is no secret. */
    static long[] limbs(BigInteger number) {
        long[] limbs = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] = number.shiftRight(32 * i).longValue() & MASK;
        }
        return limbs;
    }

    /** Reads 32 octets, the highest first. */
    static long[] ofBigEndian(byte[] octets) {
        long[] limbs = new long[LIMBS];
        for (int i = 0; i < 32; i++) {
            limbs[LIMBS - 1 - i / 4] |= (octets[i] & 0xffL) << 24 - 8 * (i & 3);
        }
        return limbs;
    }

    /** Reads 32 octets, the lowest first. */
    static long[] ofLittleEndian(byte[] octets) {
        long[] limbs = new long[LIMBS];
        for (int i = 0; i < 32; i++) {
            limbs[i / 4] |= (octets[i] & 0xffL) << 8 * (i & 3);
        }
        return limbs;
    }

    /** Writes 32 octets, the highest first. */
    static byte[] bigEndian(long[] limbs) {
        byte[] octets = new byte[32];
        for (int i = 0; i < 32; i++) {
            octets[i] = (byte) (limbs[LIMBS - 1 - i / 4] >>> 24 - 8 * (i & 3));
        }
        return octets;
    }

    /** {@code a} shifted down by as many bits as a 256 bit number is longer than the order. */
    static long[] leftmostBits(long[] a) {
        int shift = 256 - ORDER_BITS;
        long[] shifted = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            long above = i + 1 < LIMBS ? a[i + 1] : 0;
            shifted[i] = (a[i] >>> shift | above << 32 - shift) & MASK;
        }
        return shifted;
    }

    /** Into Montgomery's form, reduced. @param a any number of eight limbs */
    static long[] enter(long[] a) {
        return multiply(a, R_SQUARED);
    }

    /** Out of Montgomery's form. */
    static long[] leave(long[] a) {
        return multiply(a, ONE);
    }

    /** {@code a} modulo the order. */
    static long[] reduce(long[] a) {
        return leave(enter(a));
    }

    /** The product of two numbers in Montgomery's form; one of them may be any of eight limbs. */
    static long[] multiply(long[] a, long[] b) {
        long[] t = new long[LIMBS + 2];
        for (int i = 0; i < LIMBS; i++) {
            long carry = 0;
            for (int j = 0; j < LIMBS; j++) {
                long sum = t[j] + a[j] * b[i] + carry;
                t[j] = sum & MASK;
                carry = sum >>> 32;
            }
            long sum = t[LIMBS] + carry;
            t[LIMBS] = sum & MASK;
            t[LIMBS + 1] = sum >>> 32;
            reduceOnce(t);
        }
        return subtractOrder(t);
    }

    /** Adds a multiple of the order that makes the lowest limb zero, and drops that limb. */
    private static void reduceOnce(long[] t) {
        long multiple = t[0] * FACTOR & MASK;
        long carry = t[0] + multiple * N[0] >>> 32;
        for (int j = 1; j < LIMBS; j++) {
            long sum = t[j] + multiple * N[j] + carry;
            t[j - 1] = sum & MASK;
            carry = sum >>> 32;
        }
        long sum = t[LIMBS] + carry;
        t[LIMBS - 1] = sum & MASK;
        t[LIMBS] = t[LIMBS + 1] + (sum >>> 32);
    }

    /** The sum of two reduced numbers. */
    static long[] add(long[] a, long[] b) {
        long[] sum = new long[LIMBS];
        long carry = 0;
        for (int i = 0; i < LIMBS; i++) {
            carry += a[i] + b[i];
            sum[i] = carry & MASK;
            carry >>>= 32;
        }
        return subtractOrder(sum);
    }

    /** Subtracts the order where the number, less than twice of it, is not below it. */
    private static long[] subtractOrder(long[] a) {
        long[] less = new long[LIMBS];
        long borrow = 0;
        for (int i = 0; i < LIMBS; i++) {
            borrow += a[i] - N[i];
            less[i] = borrow & MASK;
            borrow >>= 32;
        }
        // All ones if it was below the order, else zero.
        for (int i = 0; i < LIMBS; i++) {
            less[i] = a[i] & borrow | less[i] & ~borrow;
        }
        return less;
    }

    /** The inverse of a number in Montgomery's form, in that form, by Fermat: four bits of the exponent at a time. */
    static long[] invert(long[] a) {
        long[][] powers = new long[16][];
        powers[0] = R;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = multiply(powers[i - 1], a);
        }
        long[] result = R;
        for (byte octet : INVERTING) {
            result = multiply(fourSquares(result), powers[octet >> 4 & 15]);
            result = multiply(fourSquares(result), powers[octet & 15]);
        }
        return result;
    }

    private static long[] fourSquares(long[] a) {
        long[] square = a;
        for (int i = 0; i < 4; i++) {
            square = multiply(square, square);
        }
        return square;
    }

    static boolean isZero(long[] a) {
        long all = 0;
        for (long limb : a) {
            all |= limb;
        }
        return all == 0;
    }

    /** Whether a number is below the order. */
    static boolean isReduced(long[] a) {
        long borrow = 0;
        for (int i = 0; i < LIMBS; i++) {
            borrow = borrow + a[i] - N[i] >> 32;
        }
        return borrow != 0;
    }

    /** The 64 digits to base 16, the lowest first, of a reduced number, each from -8 to 8. */
    static byte[] digits(long[] a) {
        byte[] digits = new byte[64];
        int carry = 0;
        for (int i = 0; i < 64; i++) {
            int digit = (int) (a[i / 8] >>> 4 * (i & 7) & 15) + carry;
            carry = digit + 8 >> 4;
            // The topmost one has room for its carry.
            int kept = i == 63 ? 0 : carry;
            digits[i] = (byte) (digit - (kept << 4));
        }
        return digits;
    }
}
