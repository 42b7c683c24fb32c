// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import java.util.ArrayList;
import java.util.List;

/** Text broken into lines. */
final class Paragraph {
    private Paragraph() {}

    /** Breaks between items of a list, each of which ends with a comma, so that an item stays on one line. */
    static List<String> fill(String list, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String item : list.split("(?<=,) ")) {
            if (!line.isEmpty() && line.length() + 1 + item.length() > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(item);
        }
        lines.add(line.toString());
        return lines;
    }
}
