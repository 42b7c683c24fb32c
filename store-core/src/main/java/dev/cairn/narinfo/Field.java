// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import dev.cairn.error.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The lines of a text of fields (formats, section 6.3).
 *
 * @param name up to the first colon
 * @param value without white space in front; lines that continue it follow after line ends
 * @param start index of the name in the text
 */
record Field(String name, String value, int start) {
    /** How many a text may have; few enough for long values to be put together of them. */
    private static final int MAX_LINES = 1000;

    private static final Pattern LEADING_SPACE = Pattern.compile("^[ \t\f\r]+");

    /**
     * All fields in their order.
     *
     * @throws FormatException when a line is none, or something follows an empty one
     */
    static List<Field> read(String format, String text) throws FormatException {
        List<Field> fields = new ArrayList<>();
        boolean ended = false;
        int number = 0;
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            String line = text.substring(start, end < 0 ? text.length() : end);
            number++;
            if (ended && !line.isEmpty()) {
                throw new FormatException(format, "line " + number + " follows an empty line");
            }
            if (line.isEmpty()) {
                ended = true;
            } else if (line.charAt(0) == '+' && !fields.isEmpty()) {
                fields.add(fields.removeLast().continued(line));
            } else if (line.charAt(0) != '#') {
                fields.add(of(line, start).orElseThrow(badLine(format, number)));
            }
            if (number > MAX_LINES) {
                throw new FormatException(format, "it has more than " + MAX_LINES + " lines");
            }
            start = end < 0 ? text.length() : end + 1;
        }
        return fields;
    }

    private static Supplier<FormatException> badLine(String format, int number) {
        return () -> new FormatException(format, "line " + number + " is not of the form FIELD: VALUE");
    }

    private static Optional<Field> of(String line, int start) {
        char first = line.charAt(0);
        boolean isField = first >= 'a' && first <= 'z' || first >= 'A' && first <= 'Z' || first == '%';
        int colon = line.indexOf(':');
        return isField && colon > 0
                ? Optional.of(new Field(line.substring(0, colon), strip(line.substring(colon + 1)), start))
                : Optional.empty();
    }

    private Field continued(String line) {
        return new Field(name, value + "\n" + strip(line.substring(1)), start);
    }

    private static String strip(String text) {
        return LEADING_SPACE.matcher(text).replaceFirst("");
    }
}
