// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Names of items in lines, broken where their parts meet and nowhere else. Pure. */
final class BrokenText {
    private BrokenText() {}

    /**
     * Breaks a text after hyphens and blanks.
     *
     * @param room how wide a line may be
     * @param width of a text
     * @return the lines; none if a part is too wide by itself
     */
    static List<String> of(String text, double room, ToDoubleFunction<String> width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String part : text.split("(?<=[- ])")) {
            if (line.isEmpty() || width.applyAsDouble((line + part).strip()) <= room) {
                line += part;
            } else {
                lines.add(line.strip());
                line = part;
            }
            if (width.applyAsDouble(line.strip()) > room) {
                return List.of();
            }
        }
        lines.add(line.strip());
        return lines;
    }
}
