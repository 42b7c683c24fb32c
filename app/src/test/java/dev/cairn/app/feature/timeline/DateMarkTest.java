// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DateMarkTest {
    private static final LocalDate NEWEST = LocalDate.of(2026, 5, 14);

    private static List<LocalDate> everyDays(int step, int rows) {
        return IntStream.range(0, rows).mapToObj(row -> NEWEST.minusDays((long) step * row)).toList();
    }

    @Test
    void marksTheFirstRowOfEachDayWhereThereIsRoom() {
        List<LocalDate> days = List.of(NEWEST, NEWEST, NEWEST.minusDays(1), NEWEST.minusDays(3));

        assertThat(DateMark.of(days, 10)).extracting(DateMark::row).containsExactly(0, 2, 3);
    }

    @Test
    void marksMonthsAndThenYearsWhereThereIsLess() {
        assertThat(DateMark.of(everyDays(1, 90), 10)).hasSize(4).extracting(DateMark::row).startsWith(0, 14);
        assertThat(DateMark.of(everyDays(30, 60), 10)).extracting(DateMark::text).startsWith("2026", "2024");
    }

    @Test
    void leavesOutWhatWouldLieOverAnother() {
        List<DateMark> marks = DateMark.of(everyDays(400, 100), 10);

        assertThat(marks).hasSizeBetween(5, 10);
        for (int i = 1; i < marks.size(); i++) {
            assertThat(marks.get(i).row() - marks.get(i - 1).row()).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void hasNoneWithoutRowsOrRoom() {
        assertThat(DateMark.of(List.of(), 10)).isEmpty();
        assertThat(DateMark.of(everyDays(1, 30), 0)).hasSizeLessThanOrEqualTo(1);
    }
}
