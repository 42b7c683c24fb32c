// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Dates of {@code Release} files: {@code Sat, 10 Jun 2023 08:56:03 UTC}, with {@code GMT}, {@code Z} or {@code +0000}
 * for {@code UTC}, with or without the day of the week and zeros at the start. Other time zones are refused, as by apt.
 */
final class ArchiveDate {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> ZONES = List.of("utc", "gmt", "z", "+0000", "-0000");

    private ArchiveDate() {}

    static Optional<Instant> parse(String text) {
        if (text.length() > 64) {
            return Optional.empty();
        }
        String rest = text.substring(text.indexOf(',') + 1).strip().toLowerCase(Locale.ROOT);
        String[] words = rest.split("[ \t]+");
        if (words.length != 5 || !ZONES.contains(words[4])) {
            return Optional.empty();
        }
        String[] time = words[3].split(":", -1);
        int month = MONTHS.indexOf(words[1]) + 1;
        if (time.length != 3 || month == 0 || words[2].length() != 4) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.of(
                            number(words[2]),
                            month,
                            number(words[0]),
                            number(time[0]),
                            number(time[1]),
                            number(time[2]))
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static int number(String digits) {
        if (digits.length() > 4) {
            throw new DateTimeException("a long number");
        }
        return Digits.size(digits)
                .orElseThrow(() -> new DateTimeException("no number"))
                .intValue();
    }
}
