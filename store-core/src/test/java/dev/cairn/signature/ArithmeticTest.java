// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Gen;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The arithmetic of limbs against that of the JDK, and the points against the laws of groups. */
class ArithmeticTest {
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger N = Scalars.ORDER;
    private static final List<BigInteger> NUMBERS = List.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            BigInteger.TWO.pow(51).subtract(BigInteger.ONE),
            BigInteger.TWO.pow(204),
            P.subtract(BigInteger.ONE),
            P,
            P.add(BigInteger.valueOf(18)),
            BigInteger.TWO.pow(255).subtract(BigInteger.ONE));

    private static Gen<BigInteger> numbers(int bits) {
        return Gen.oneOf(List.of(
                Gen.octets(32, 32).map(octets -> new BigInteger(1, octets).mod(BigInteger.TWO.pow(bits))),
                Gen.of(NUMBERS)));
    }

    @Test
    void calculatesModuloThePrime() {
        numbers(255).lists(3, 3).check(1000, list -> {
            BigInteger a = list.get(0);
            BigInteger b = list.get(1);
            BigInteger c = list.get(2);
            long[] result = new long[Field.LIMBS];
            Field.add(result, field(a), field(b));
            assertThat(number(result)).isEqualTo(a.add(b).mod(P));
            Field.multiply(result, result, field(c));
            assertThat(number(result)).isEqualTo(a.add(b).multiply(c).mod(P));
            Field.subtract(result, result, field(c));
            assertThat(number(result)).isEqualTo(a.add(b).multiply(c).subtract(c).mod(P));
            Field.square(result, result);
            assertThat(number(result)).isEqualTo(a.add(b).multiply(c).subtract(c).pow(2).mod(P));
            assertThat(number(Field.invert(field(a)))).isEqualTo(a.modPow(P.subtract(BigInteger.TWO), P));
            BigInteger exponent = BigInteger.TWO.pow(252).subtract(BigInteger.valueOf(3));
            assertThat(number(Field.powerForRoot(field(a)))).isEqualTo(a.modPow(exponent, P));
        });
    }

    @Test
    void multipliesTheLargestLimbsThatSumsHave() {
        long[] limbs = new long[Field.LIMBS];
        Arrays.fill(limbs, (1L << 53) - 1);
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < Field.LIMBS; i++) {
            value = value.add(BigInteger.valueOf(limbs[i]).shiftLeft(51 * i));
        }
        long[] product = new long[Field.LIMBS];
        Field.multiply(product, limbs, limbs);
        assertThat(number(product)).isEqualTo(value.pow(2).mod(P));
    }

    @Test
    void calculatesModuloTheOrder() {
        Gen.octets(32, 32).lists(2, 2).check(1000, list -> {
            BigInteger a = new BigInteger(1, list.get(0));
            BigInteger b = new BigInteger(1, list.get(1));
            long[] x = Scalars.enter(Scalars.ofBigEndian(list.get(0)));
            long[] y = Scalars.enter(Scalars.ofBigEndian(list.get(1)));
            assertThat(scalar(Scalars.leave(x))).isEqualTo(a.mod(N));
            assertThat(scalar(Scalars.leave(Scalars.multiply(x, y)))).isEqualTo(a.multiply(b).mod(N));
            assertThat(scalar(Scalars.leave(Scalars.add(x, y)))).isEqualTo(a.add(b).mod(N));
            assertThat(scalar(Scalars.leftmostBits(Scalars.ofBigEndian(list.get(0))))).isEqualTo(a.shiftRight(3));
            assertThat(Scalars.isReduced(Scalars.ofBigEndian(list.get(0)))).isEqualTo(a.compareTo(N) < 0);
        });
        Gen.octets(32, 32).check(50, octets -> {
            BigInteger a = new BigInteger(1, octets).mod(N).max(BigInteger.ONE);
            long[] inverse = Scalars.leave(Scalars.invert(Scalars.enter(Scalars.limbs(a))));
            assertThat(scalar(inverse)).isEqualTo(a.modInverse(N));
        });
        assertThat(Scalars.isReduced(Scalars.limbs(N))).isFalse();
        assertThat(Scalars.isReduced(Scalars.limbs(N.subtract(BigInteger.ONE)))).isTrue();
    }

    @Test
    void digitsAddUpToTheirNumber() {
        Gen.octets(32, 32).check(octets -> {
            BigInteger a = new BigInteger(1, octets).mod(N);
            BigInteger sum = BigInteger.ZERO;
            byte[] digits = Scalars.digits(Scalars.limbs(a));
            for (int i = 0; i < digits.length; i++) {
                assertThat(digits[i]).isBetween((byte) -8, (byte) 8);
                sum = sum.add(BigInteger.valueOf(digits[i]).shiftLeft(4 * i));
            }
            assertThat(sum).isEqualTo(a);
        });
    }

    @Test
    void multipliesPointsAsAddingWould() {
        PointTable base = PointTable.base();
        Point counted = new Point();
        Point generator = multiple(base, BigInteger.ONE);
        for (int i = 0; i < 40; i++) {
            assertThat(multiple(base, BigInteger.valueOf(i)).encode()).isEqualTo(counted.encode());
            counted.add(generator);
        }
        assertThat(multiple(base, N.subtract(BigInteger.ONE)).add(generator).encode())
                .isEqualTo(new Point().encode());
    }

    @Test
    void secretAndPublicMultiplesAgree() {
        Gen.octets(32, 32).lists(2, 2).check(60, list -> {
            BigInteger a = new BigInteger(1, list.get(0)).mod(N);
            BigInteger b = new BigInteger(1, list.get(1)).mod(N);
            Point secret = new Point();
            PointTable.base().addSecretMultiple(secret, Scalars.limbs(a));
            assertThat(secret.encode()).isEqualTo(multiple(PointTable.base(), a).encode());
            // (a G) b = (a b) G
            assertThat(multiple(new PointTable(secret), b).encode())
                    .isEqualTo(multiple(PointTable.base(), a.multiply(b).mod(N)).encode());
        });
    }

    @Test
    void decodesWhatItEncodesAndNothingElse() {
        Gen.octets(32, 32).check(octets -> {
            Optional<Point> point = Point.decode(octets);
            point.ifPresent(found -> assertThat(found.encode()).isEqualTo(octets));
        });
        byte[] modulus = Field.encode(field(P.subtract(BigInteger.ONE)));
        modulus[0]++;
        assertThat(Point.decode(modulus)).as("y that is not reduced").isEmpty();
        byte[] one = new byte[32];
        one[0] = 1;
        assertThat(Point.decode(one)).isPresent();
        one[31] = (byte) 0x80;
        assertThat(Point.decode(one)).as("x = 0 with a sign").isEmpty();
    }

    private static Point multiple(PointTable table, BigInteger scalar) {
        Point point = new Point();
        table.addMultiple(point, Scalars.limbs(scalar));
        return point;
    }

    private static long[] field(BigInteger number) {
        byte[] octets = new byte[32];
        for (int i = 0; i < 32; i++) {
            octets[i] = number.shiftRight(8 * i).byteValue();
        }
        return Field.decode(octets);
    }

    private static BigInteger number(long[] limbs) {
        byte[] octets = Field.encode(limbs);
        BigInteger number = BigInteger.ZERO;
        for (int i = 31; i >= 0; i--) {
            number = number.shiftLeft(8).add(BigInteger.valueOf(octets[i] & 0xff));
        }
        return number;
    }

    private static BigInteger scalar(long[] limbs) {
        return new BigInteger(1, Scalars.bigEndian(limbs));
    }
}
