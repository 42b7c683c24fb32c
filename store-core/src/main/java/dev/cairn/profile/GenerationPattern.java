// SPDX-License-Identifier: Apache-2.0
package dev.cairn.profile;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that chooses generations (services, section 9.4): {@code 3}, {@code 1,2,5}, {@code 2..5}, {@code 3..},
 * {@code ..3}, or an age such as {@code 12h}, {@code 10d}, {@code 2w}, {@code 1m} (30 days).
 */
public sealed interface GenerationPattern {
    /** Those with these numbers, in this order. */
    record Numbers(List<Integer> numbers) implements GenerationPattern {
        public Numbers {
            numbers = numbers.stream().distinct().toList();
        }
    }

    /** Those from {@code first} to {@code last}, both included. */
    record Range(int first, int last) implements GenerationPattern {}

    /** Those younger, or for deleting those older, than this; whole days are compared. */
    record Age(Duration duration) implements GenerationPattern {}

    /**
     * Reads the text form.
     *
     * @throws ProfileException.BadPattern when it has none of the forms
     */
    static GenerationPattern parse(String text) throws ProfileException.BadPattern {
        if (text.matches("[0-9]{1,9}(,[0-9]{1,9})*")) {
            return new Numbers(Arrays.stream(text.split(",")).map(Integer::valueOf).toList());
        }
        Matcher range = Pattern.compile("([0-9]{0,9})\\.\\.([0-9]{0,9})").matcher(text);
        if (range.matches() && !text.equals("..")) {
            int first = range.group(1).isEmpty() ? 0 : Integer.parseInt(range.group(1));
            int last = range.group(2).isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(range.group(2));
            if (first <= last) {
                return new Range(first, last);
            }
        }
        Matcher age = Pattern.compile("([0-9]{1,9})([shdwm])").matcher(text);
        if (age.matches()) {
            long count = Long.parseLong(age.group(1));
            return new Age(
                    switch (age.group(2)) {
                        case "s" -> Duration.ofSeconds(count);
                        case "h" -> Duration.ofHours(count);
                        case "d" -> Duration.ofDays(count);
                        case "w" -> Duration.ofDays(7 * count);
                        default -> Duration.ofDays(30 * count);
                    });
        }
        throw new ProfileException.BadPattern(text);
    }

    /** The generations to be shown: an age chooses those that are not older. */
    default List<Integer> select(List<Generation> generations, Instant now, ZoneId zone) {
        return choose(generations, now, zone, false);
    }

    /** The generations to be deleted: an age chooses those that are older. Only expendable ones, never 0. */
    default List<Integer> selectForDeletion(List<Generation> generations, Instant now, ZoneId zone) {
        List<Integer> chosen = new ArrayList<>(choose(generations, now, zone, true));
        generations.stream()
                .filter(generation -> !generation.isExpendable())
                .forEach(kept -> chosen.remove((Integer) kept.number()));
        chosen.remove((Integer) 0);
        return chosen;
    }

    private List<Integer> choose(List<Generation> generations, Instant now, ZoneId zone, boolean older) {
        List<Integer> existing = generations.stream().map(Generation::number).toList();
        return switch (this) {
            case Numbers(List<Integer> numbers) -> numbers.stream().filter(existing::contains).toList();
            case Range(int first, int last) ->
                existing.stream().filter(n -> n >= first && n <= last).toList();
            case Age(Duration duration) -> {
                Instant limit = midnight(now, zone).minus(duration);
                yield generations.stream()
                        .filter(generation -> midnight(generation.time(), zone).isBefore(limit) == older)
                        .map(Generation::number)
                        .toList();
            }
        };
    }

    private static Instant midnight(Instant time, ZoneId zone) {
        return LocalDate.ofInstant(time, zone).atStartOfDay(zone).toInstant();
    }
}
