// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing.debian;

import java.util.Map;

/** Writes control paragraphs (deb-control(5)). */
final class Paragraphs {
    private Paragraphs() {}

    /** One paragraph without the empty line behind it; further lines of a value start with a space already. */
    static String text(Map<String, String> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach((name, value) -> text.append(name)
                .append(value.startsWith("\n") ? ":" : ": ")
                .append(value)
                .append('\n'));
        return text.toString();
    }
}
