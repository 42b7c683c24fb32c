// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows as Guix's queries print them: columns separated by a tab, all but the last filled up with blanks to the widest
 * cell, at most 20.
 */
final class Table {
    private static final int WIDEST = 20;

    private final List<List<String>> rows = new ArrayList<>();

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    void print(Output out) throws IOException {
        int columns = rows.isEmpty() ? 0 : rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], Math.min(WIDEST, row.get(i).length()));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                line.append(cell);
                if (i < columns - 1) {
                    line.repeat(' ', Math.max(0, widths[i] - cell.length())).append('\t');
                }
            }
            out.line(line.toString());
        }
    }
}
