// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * A date beside the list of generations.
 *
 * @param row the first row, from 0, that is of this date
 * @param text day, month or year
 */
record DateMark(int row, String text) {
    private static final List<DateTimeFormatter> GRAINS = List.of(
            DateTimeFormatter.ofPattern("d MMM"),
            DateTimeFormatter.ofPattern("MMM yy"),
            DateTimeFormatter.ofPattern("yyyy"));

    /**
     * Marks for rows: days if there is room for all of them, else months, else years; of those that would lie over
     * each other the later ones are left out.
     *
     * @param days of the rows, from top to bottom
     * @param room how many marks fit below each other
     */
    static List<DateMark> of(List<LocalDate> days, int room) {
        List<DateMark> marks = List.of();
        for (DateTimeFormatter grain : GRAINS) {
            marks = changes(days, grain);
            if (marks.size() <= room) {
                break;
            }
        }
        return spaced(marks, (double) days.size() / Math.max(1, room));
    }

    private static List<DateMark> changes(List<LocalDate> days, DateTimeFormatter grain) {
        List<DateMark> marks = new ArrayList<>();
        for (int row = 0; row < days.size(); row++) {
            String text = grain.format(days.get(row));
            if (marks.isEmpty() || !marks.getLast().text().equals(text)) {
                marks.add(new DateMark(row, text));
            }
        }
        return marks;
    }

    private static List<DateMark> spaced(List<DateMark> marks, double gap) {
        List<DateMark> kept = new ArrayList<>();
        for (DateMark mark : marks) {
            if (kept.isEmpty() || mark.row() - kept.getLast().row() >= gap) {
                kept.add(mark);
            }
        }
        return kept;
    }
}
