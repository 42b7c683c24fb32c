// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.format;

import java.util.Locale;

/** Sizes for people: three significant digits, units of 1000 as file managers show them. */
public final class ByteSizes {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private ByteSizes() {}

    /** Such as {@code 0 B}, {@code 999 B}, {@code 1.23 kB}, {@code 45.6 MB}. */
    public static String text(long bytes) {
        if (bytes < 0) {
            return "-" + text(-bytes);
        }
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        do {
            value /= 1000;
            unit++;
        } while (value >= 999.5 && unit < UNITS.length - 1);
        String format = value < 9.995 ? "%.2f %s" : value < 99.95 ? "%.1f %s" : "%.0f %s";
        return String.format(Locale.ROOT, format, value, UNITS[unit]);
    }
}
