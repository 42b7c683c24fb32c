// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.profile.Generation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which generations a user means (services, section 9.4): numbers, a range, or an age in whole days. */
sealed interface GenerationPattern {
    /** The listed numbers, in that order. */
    record Numbers(List<Integer> numbers) implements GenerationPattern {}

    /** All from {@code first} to {@code last}, both included. */
    record Range(int first, int last) implements GenerationPattern {}

    /** An age. */
    record Age(long seconds) implements GenerationPattern {}

    Pattern LIST = Pattern.compile("[0-9]{1,9}(,[0-9]{1,9})*");
    Pattern RANGE = Pattern.compile("([0-9]{1,9})?\\.\\.([0-9]{1,9})?");
    Pattern DURATION = Pattern.compile("([0-9]{1,9})([shdwm])");

    /** Reads the text form. */
    static GenerationPattern parse(String text) throws UsageException {
        if (LIST.matcher(text).matches()) {
            return new Numbers(
                    Arrays.stream(text.split(",")).map(Integer::valueOf).distinct().toList());
        }
        Matcher range = RANGE.matcher(text);
        if (range.matches() && (range.group(1) != null || range.group(2) != null)) {
            int first = range.group(1) == null ? 0 : Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? Integer.MAX_VALUE : Integer.parseInt(range.group(2));
            if (first <= last) {
                return new Range(first, last);
            }
        }
        Matcher duration = DURATION.matcher(text);
        if (duration.matches()) {
            return new Age(Long.parseLong(duration.group(1)) * secondsOf(duration.group(2)));
        }
        throw new UsageException(Texts.text("error.pattern", text));
    }

    private static long secondsOf(String unit) {
        long day = 86_400;
        return switch (unit) {
            case "s" -> 1;
            case "h" -> 3_600;
            case "d" -> day;
            case "w" -> 7 * day;
            default -> 30 * day;
        };
    }

    /** Those that a listing shows: of an age, the ones that are not older. */
    default List<Generation> forListing(List<Generation> all, Instant now, ZoneId zone) {
        return select(all, now, zone, false);
    }

    /** Those that a deletion is about: of an age, the ones that are older. */
    default List<Generation> forDeletion(List<Generation> all, Instant now, ZoneId zone) {
        return select(all, now, zone, true);
    }

    private List<Generation> select(List<Generation> all, Instant now, ZoneId zone, boolean older) {
        return switch (this) {
            case Numbers(List<Integer> numbers) -> numbers.stream()
                    .<Generation>mapMulti((number, sink) -> all.stream()
                            .filter(generation -> generation.number() == number)
                            .forEach(sink))
                    .toList();
            case Range(int first, int last) -> all.stream()
                    .filter(generation -> generation.number() >= first && generation.number() <= last)
                    .toList();
            case Age(long seconds) -> {
                Instant limit = midnight(now, zone).minusSeconds(seconds);
                yield all.stream()
                        .filter(generation -> midnight(generation.time(), zone).isBefore(limit) == older)
                        .toList();
            }
        };
    }

    private static Instant midnight(Instant time, ZoneId zone) {
        return LocalDate.ofInstant(time, zone).atStartOfDay(zone).toInstant();
    }

    /**
     * The generation that {@code N}, {@code +N} or {@code -N} means; relative ones count existing generations.
     *
     * @param numbers those that exist, ascending
     * @return empty when there is none
     */
    static Optional<Integer> target(String text, int current, List<Integer> numbers) throws UsageException {
        if (!text.matches("[+-]?[0-9]{1,9}")) {
            throw new UsageException(Texts.text("error.generation", text));
        }
        int count = Integer.parseInt(text);
        if (Character.isDigit(text.charAt(0))) {
            return numbers.contains(count) ? Optional.of(count) : Optional.empty();
        }
        int at = numbers.indexOf(current);
        int wanted = at + count;
        return at >= 0 && wanted >= 0 && wanted < numbers.size() ? Optional.of(numbers.get(wanted)) : Optional.empty();
    }
}
