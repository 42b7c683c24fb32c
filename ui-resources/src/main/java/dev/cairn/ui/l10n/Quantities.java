// SPDX-License-Identifier: Apache-2.0
package dev.cairn.ui.l10n;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Sizes and times in the few significant digits that people compare by. */
public final class Quantities {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private Quantities() {}

    /** A number of octets in decimal units, as {@code 512 B}, {@code 4.2 MB}, {@code 118 MB}. */
    public static String bytes(long octets) {
        if (Math.abs(octets) < 1000) {
            return octets + " B";
        }
        double value = octets;
        int unit = -1;
        while (Math.abs(value) >= 999.5) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, Math.abs(value) < 9.95 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
    }

    /** How long ago something was: {@code just now}, {@code 5 min ago}, {@code 3 h ago}, else its date. */
    public static String ago(Instant then, Instant now) {
        Messages texts = Messages.of("common");
        Duration since = Duration.between(then, now);
        if (since.toMinutes() < 1) {
            return texts.text("ago.now");
        }
        if (since.toHours() < 1) {
            return texts.text("ago.minutes", since.toMinutes());
        }
        if (since.toDays() < 1) {
            return texts.text("ago.hours", since.toHours());
        }
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withZone(ZoneId.systemDefault())
                .format(then);
    }
}
