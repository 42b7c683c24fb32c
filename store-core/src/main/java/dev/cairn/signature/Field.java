// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import java.util.Arrays;

/**
 * Arithmetic modulo 2^255 - 19. A number is five limbs of 51 bits, the lowest first; limbs of a sum may have 53, those
 * of a product, difference or negation hardly more than 51. No step depends on the values, in time or in the memory it
 * touches, so that secrets may go through all of it.
 */
final class Field {
    static final int LIMBS = 5;

    private static final int BITS = 51;
    private static final long MASK = (1L << BITS) - 1;

    /** Four times the modulus: added before subtracting, so that limbs stay positive. */
    private static final long FOUR_P_0 = 4 * (MASK - 18);

    private static final long FOUR_P = 4 * MASK;

    private Field() {}

    static void add(long[] sum, long[] a, long[] b) {
        for (int i = 0; i < LIMBS; i++) {
            sum[i] = a[i] + b[i];
        }
    }

    static void subtract(long[] difference, long[] a, long[] b) {
        carry(
                difference,
                a[0] + FOUR_P_0 - b[0],
                a[1] + FOUR_P - b[1],
                a[2] + FOUR_P - b[2],
                a[3] + FOUR_P - b[3],
                a[4] + FOUR_P - b[4]);
    }

    /**
     * Multiplies; the arguments may be the result. A product of limbs is cut at 51 bits: its lower part by masking,
     * its upper by shifting the factors so that what lies above is the upper word of the product.
     */
    static void multiply(long[] product, long[] a, long[] b) {
        long a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3], a4 = a[4];
        long b0 = b[0], b1 = b[1], b2 = b[2], b3 = b[3], b4 = b[4];
        long x0 = a0 << 6, x1 = a1 << 6, x2 = a2 << 6, x3 = a3 << 6, x4 = a4 << 6;
        long y0 = b0 << 7, y1 = b1 << 7, y2 = b2 << 7, y3 = b3 << 7, y4 = b4 << 7;
        long c0 = a0 * b0 & MASK;
        long c1 = (a0 * b1 & MASK) + (a1 * b0 & MASK) + Math.multiplyHigh(x0, y0);
        long c2 = (a0 * b2 & MASK) + (a1 * b1 & MASK) + (a2 * b0 & MASK)
                + Math.multiplyHigh(x0, y1) + Math.multiplyHigh(x1, y0);
        long c3 = (a0 * b3 & MASK) + (a1 * b2 & MASK) + (a2 * b1 & MASK) + (a3 * b0 & MASK)
                + Math.multiplyHigh(x0, y2) + Math.multiplyHigh(x1, y1) + Math.multiplyHigh(x2, y0);
        long c4 = (a0 * b4 & MASK) + (a1 * b3 & MASK) + (a2 * b2 & MASK) + (a3 * b1 & MASK) + (a4 * b0 & MASK)
                + Math.multiplyHigh(x0, y3) + Math.multiplyHigh(x1, y2) + Math.multiplyHigh(x2, y1)
                + Math.multiplyHigh(x3, y0);
        long c5 = (a1 * b4 & MASK) + (a2 * b3 & MASK) + (a3 * b2 & MASK) + (a4 * b1 & MASK)
                + Math.multiplyHigh(x0, y4) + Math.multiplyHigh(x1, y3) + Math.multiplyHigh(x2, y2)
                + Math.multiplyHigh(x3, y1) + Math.multiplyHigh(x4, y0);
        long c6 = (a2 * b4 & MASK) + (a3 * b3 & MASK) + (a4 * b2 & MASK)
                + Math.multiplyHigh(x1, y4) + Math.multiplyHigh(x2, y3) + Math.multiplyHigh(x3, y2)
                + Math.multiplyHigh(x4, y1);
        long c7 = (a3 * b4 & MASK) + (a4 * b3 & MASK)
                + Math.multiplyHigh(x2, y4) + Math.multiplyHigh(x3, y3) + Math.multiplyHigh(x4, y2);
        long c8 = (a4 * b4 & MASK) + Math.multiplyHigh(x3, y4) + Math.multiplyHigh(x4, y3);
        long c9 = Math.multiplyHigh(x4, y4);
        carry(product, c0 + 19 * c5, c1 + 19 * c6, c2 + 19 * c7, c3 + 19 * c8, c4 + 19 * c9);
    }

    static void square(long[] square, long[] a) {
        multiply(square, a, a);
    }

    /** Brings limbs, each positive, to little more than 51 bits. */
    private static void carry(long[] result, long r0, long r1, long r2, long r3, long r4) {
        long s1 = r1 + (r0 >>> BITS);
        long s2 = r2 + (s1 >>> BITS);
        long s3 = r3 + (s2 >>> BITS);
        long s4 = r4 + (s3 >>> BITS);
        long s0 = (r0 & MASK) + 19 * (s4 >>> BITS);
        result[0] = s0 & MASK;
        result[1] = (s1 & MASK) + (s0 >>> BITS);
        result[2] = s2 & MASK;
        result[3] = s3 & MASK;
        result[4] = s4 & MASK;
    }

    /** The inverse, by Fermat: 0 for 0. */
    static long[] invert(long[] a) {
        long[] a11 = new long[LIMBS];
        long[] result = power250(a, a11);
        squareTimes(result, 5);
        multiply(result, result, a11);
        return result;
    }

    /** {@code a} to the power of 2^252 - 3, of which square roots are made. */
    static long[] powerForRoot(long[] a) {
        long[] result = power250(a, new long[LIMBS]);
        squareTimes(result, 2);
        multiply(result, result, a);
        return result;
    }

    /** {@code a} to the power of 2^250 - 1; {@code a11} gets that of 11. */
    private static long[] power250(long[] a, long[] a11) {
        long[] a9 = a.clone();
        squareTimes(a9, 3);
        multiply(a9, a9, a);
        long[] a2 = a.clone();
        squareTimes(a2, 1);
        multiply(a11, a9, a2);
        long[] ones5 = a11.clone();
        squareTimes(ones5, 1);
        multiply(ones5, ones5, a9);
        long[] ones10 = doubledOnes(ones5, 5);
        long[] ones20 = doubledOnes(ones10, 10);
        long[] ones40 = doubledOnes(ones20, 20);
        long[] ones50 = ones40.clone();
        squareTimes(ones50, 10);
        multiply(ones50, ones50, ones10);
        long[] ones100 = doubledOnes(ones50, 50);
        long[] ones200 = doubledOnes(ones100, 100);
        squareTimes(ones200, 50);
        multiply(ones200, ones200, ones50);
        return ones200;
    }

    /** From {@code a} to the power of {@code bits} ones in binary to that of twice as many. */
    private static long[] doubledOnes(long[] power, int bits) {
        long[] result = power.clone();
        squareTimes(result, bits);
        multiply(result, result, power);
        return result;
    }

    private static void squareTimes(long[] a, int times) {
        for (int i = 0; i < times; i++) {
            square(a, a);
        }
    }

    /** Reads 255 bits, the lowest octet first; the topmost bit is ignored. */
    static long[] decode(byte[] octets) {
        long[] limbs = new long[LIMBS];
        for (int bit = 0; bit < 255; bit++) {
            limbs[bit / BITS] |= (octets[bit >> 3] >> (bit & 7) & 1L) << bit % BITS;
        }
        return limbs;
    }

    /** The one encoding in 32 octets, the lowest first, of what is fully reduced. */
    static byte[] encode(long[] a) {
        long[] limbs = new long[LIMBS];
        carry(limbs, a[0], a[1], a[2], a[3], a[4]);
        // Whether it is the modulus or more shows in the carry that adding 19 gives.
        long over = limbs[0] + 19;
        for (int i = 1; i < LIMBS; i++) {
            over = limbs[i] + (over >>> BITS);
        }
        limbs[0] += 19 * (over >>> BITS);
        for (int i = 0; i < LIMBS - 1; i++) {
            limbs[i + 1] += limbs[i] >>> BITS;
            limbs[i] &= MASK;
        }
        limbs[LIMBS - 1] &= MASK;
        byte[] octets = new byte[32];
        for (int bit = 0; bit < 255; bit++) {
            octets[bit >> 3] |= (byte) ((limbs[bit / BITS] >> bit % BITS & 1) << (bit & 7));
        }
        return octets;
    }

    /** Compares numbers that are no secrets. */
    static boolean equal(long[] a, long[] b) {
        return Arrays.equals(encode(a), encode(b));
    }

    /** A small number. */
    static long[] of(long small) {
        return new long[] {small, 0, 0, 0, 0};
    }
}
