// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** Amounts of octets as people write them (formats, section 9.5). */
final class Sizes {
    private static final String PREFIXES = "KMGTPEZY";
    private static final int UNIT = 1024;

    private Sizes() {}

    /**
     * Reads a decimal number with an optional unit: {@code K}, {@code k}, {@code KiB}, {@code M}, {@code MiB} and so
     * on are powers of 1024, {@code kB}, {@code KB}, {@code MB} and so on of 1000. More than a long holds is the
     * largest long.
     */
    static long parse(String text) throws UsageException {
        int end = 0;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        try {
            BigDecimal number = new BigDecimal(text.substring(0, end));
            BigInteger octets =
                    number.multiply(new BigDecimal(unit(text.substring(end)))).toBigInteger();
            return octets.bitLength() >= Long.SIZE ? Long.MAX_VALUE : octets.longValueExact();
        } catch (IllegalArgumentException | ArithmeticException _) {
            throw new UsageException(Texts.text("error.size", text));
        }
    }

    private static BigInteger unit(String unit) {
        if (unit.isEmpty() || unit.equals("B")) {
            return BigInteger.ONE;
        }
        int power = PREFIXES.indexOf(unit.toUpperCase(Locale.ROOT).charAt(0)) + 1;
        return switch (unit.substring(1)) {
            case "", "iB" -> BigInteger.valueOf(UNIT).pow(checked(power));
            case "B" -> BigInteger.valueOf(1000).pow(checked(power));
            default -> throw new IllegalArgumentException(unit);
        };
    }

    private static int checked(int power) {
        if (power == 0) {
            throw new IllegalArgumentException("no unit");
        }
        return power;
    }
}
