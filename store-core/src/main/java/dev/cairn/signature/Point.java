// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A point of the twisted Edwards curve of Ed25519, in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z. The formulas
 * hold for all points. Mutable, for one thread.
 */
final class Point {
    private static final long[] D = Field.decode(littleEndian(
            "52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3"));
    private static final long[] TWICE_D = sum(D, D);
    private static final long[] ROOT_OF_MINUS_ONE = Field.decode(littleEndian(
            "2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0"));

    final long[] x = Field.of(0);
    final long[] y = Field.of(1);
    final long[] z = Field.of(1);
    final long[] t = Field.of(0);

    private final long[] a = new long[Field.LIMBS];
    private final long[] b = new long[Field.LIMBS];
    private final long[] c = new long[Field.LIMBS];
    private final long[] d = new long[Field.LIMBS];

    /** The neutral element. */
    Point() {}

    private static byte[] littleEndian(String hexadecimal) {
        byte[] octets = HexFormat.of().parseHex(hexadecimal);
        for (int i = 0; i < octets.length / 2; i++) {
            byte octet = octets[i];
            octets[i] = octets[octets.length - 1 - i];
            octets[octets.length - 1 - i] = octet;
        }
        return octets;
    }

    private static long[] sum(long[] a, long[] b) {
        long[] sum = new long[Field.LIMBS];
        Field.add(sum, a, b);
        return sum;
    }

    /**
     * Reads the encoding of RFC 8032.
     *
     * @param octets 32: y, the lowest octet first, and the lowest bit of x in the topmost bit
     * @return empty when no point has it
     */
    static Optional<Point> decode(byte[] octets) {
        Point point = new Point();
        System.arraycopy(Field.decode(octets), 0, point.y, 0, Field.LIMBS);
        byte[] canonical = Field.encode(point.y);
        boolean odd = octets[31] < 0;
        canonical[31] |= (byte) (odd ? 0x80 : 0);
        if (!Arrays.equals(canonical, octets)) {
            return Optional.empty();
        }
        Optional<long[]> root = abscissa(point.y);
        if (root.isEmpty()) {
            return Optional.empty();
        }
        long[] found = root.get();
        boolean isZero = Field.equal(found, Field.of(0));
        if (isZero && odd) {
            return Optional.empty();
        }
        if ((Field.encode(found)[0] & 1) != (odd ? 1 : 0)) {
            Field.subtract(found, Field.of(0), found);
        }
        System.arraycopy(found, 0, point.x, 0, Field.LIMBS);
        Field.multiply(point.t, point.x, point.y);
        return Optional.of(point);
    }

    /** A root of (y^2 - 1) / (D y^2 + 1), as RFC 8032 finds it. */
    private static Optional<long[]> abscissa(long[] y) {
        long[] u = new long[Field.LIMBS];
        long[] v = new long[Field.LIMBS];
        Field.square(u, y);
        Field.multiply(v, u, D);
        Field.subtract(u, u, Field.of(1));
        Field.add(v, v, Field.of(1));
        long[] v3 = new long[Field.LIMBS];
        Field.square(v3, v);
        Field.multiply(v3, v3, v);
        long[] root = new long[Field.LIMBS];
        Field.square(root, v3);
        Field.multiply(root, root, v);
        Field.multiply(root, root, u);
        root = Field.powerForRoot(root);
        Field.multiply(root, root, v3);
        Field.multiply(root, root, u);
        long[] check = new long[Field.LIMBS];
        Field.square(check, root);
        Field.multiply(check, check, v);
        if (Field.equal(check, u)) {
            return Optional.of(root);
        }
        long[] opposite = new long[Field.LIMBS];
        Field.subtract(opposite, Field.of(0), u);
        if (!Field.equal(check, opposite)) {
            return Optional.empty();
        }
        Field.multiply(root, root, ROOT_OF_MINUS_ONE);
        return Optional.of(root);
    }

    /** The encoding of RFC 8032. */
    byte[] encode() {
        long[] inverse = Field.invert(z);
        long[] affine = new long[Field.LIMBS];
        Field.multiply(affine, x, inverse);
        int odd = Field.encode(affine)[0] & 1;
        Field.multiply(affine, y, inverse);
        byte[] octets = Field.encode(affine);
        octets[31] |= (byte) (odd << 7);
        return octets;
    }

    /** The x coordinate itself, in 32 octets, the lowest first. */
    byte[] affineX() {
        long[] affine = new long[Field.LIMBS];
        Field.multiply(affine, x, Field.invert(z));
        return Field.encode(affine);
    }

    /** Makes this another point. */
    Point set(Point other) {
        System.arraycopy(other.x, 0, x, 0, Field.LIMBS);
        System.arraycopy(other.y, 0, y, 0, Field.LIMBS);
        System.arraycopy(other.z, 0, z, 0, Field.LIMBS);
        System.arraycopy(other.t, 0, t, 0, Field.LIMBS);
        return this;
    }

    /** Adds another point. */
    Point add(Point other) {
        long[] sum = new long[Field.LIMBS];
        long[] difference = new long[Field.LIMBS];
        long[] product = new long[Field.LIMBS];
        Field.add(sum, other.y, other.x);
        Field.subtract(difference, other.y, other.x);
        Field.multiply(product, other.t, TWICE_D);
        Field.multiply(d, z, other.z);
        Field.add(d, d, d);
        return finishAdding(sum, difference, product);
    }

    /**
     * Adds a point with Z = 1.
     *
     * @param sum y + x
     * @param difference y - x
     * @param product 2 D x y
     */
    Point addAffine(long[] sum, long[] difference, long[] product) {
        Field.add(d, z, z);
        return finishAdding(sum, difference, product);
    }

    private Point finishAdding(long[] sum, long[] difference, long[] product) {
        Field.add(a, y, x);
        Field.multiply(a, a, sum);
        Field.subtract(b, y, x);
        Field.multiply(b, b, difference);
        Field.multiply(c, product, t);
        // From here on: E, H, G and F of the textbooks, and with them the sum.
        Field.subtract(x, a, b);
        Field.add(y, a, b);
        Field.add(z, d, c);
        Field.subtract(t, d, c);
        Field.multiply(a, x, y);
        Field.multiply(x, x, t);
        Field.multiply(y, y, z);
        Field.multiply(z, z, t);
        System.arraycopy(a, 0, t, 0, Field.LIMBS);
        return this;
    }

    /** What {@link #addAffine} takes of the point with these coordinates. */
    static void prepare(long[] x, long[] y, long[] sum, long[] difference, long[] product) {
        Field.add(sum, y, x);
        Field.subtract(difference, y, x);
        Field.multiply(product, x, y);
        Field.multiply(product, product, TWICE_D);
    }
}
