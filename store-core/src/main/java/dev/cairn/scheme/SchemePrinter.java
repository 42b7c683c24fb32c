// SPDX-License-Identifier: Apache-2.0
package dev.cairn.scheme;

import java.util.List;
import java.util.Optional;

/** Writes Scheme data as text that reads back as the same data. */
public final class SchemePrinter {
    /** Lines are kept within this many characters where the data allow it. */
    private static final int WIDTH = 78;

    private SchemePrinter() {}

    /** The datum on one line. */
    public static String print(Datum datum) {
        StringBuilder out = new StringBuilder();
        append(out, datum);
        return out.toString();
    }

    /** The datum broken into indented lines, without a line end behind the last one. */
    public static String printIndented(Datum datum) {
        StringBuilder out = new StringBuilder();
        appendIndented(out, datum, 0);
        return out.toString();
    }

    private static void append(StringBuilder out, Datum datum) {
        switch (datum) {
            case Datum.Symbol(String name) -> out.append(SchemeReader.isSymbol(name) ? name : "#{" + name + "}#");
            case Datum.Text(String value) -> appendString(out, value);
            case Datum.Whole whole -> out.append(whole.value());
            case Datum.Bool(boolean value) -> out.append(value ? "#t" : "#f");
            case Datum.Listing(List<Datum> elements, Optional<Datum> tail) -> {
                out.append('(');
                String separator = "";
                for (Datum element : elements) {
                    out.append(separator);
                    append(out, element);
                    separator = " ";
                }
                tail.ifPresent(end -> {
                    out.append(" . ");
                    append(out, end);
                });
                out.append(')');
            }
        }
    }

    private static void appendString(StringBuilder out, String value) {
        out.append('"');
        value.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        // Not \\x: dialects disagree on whether a semicolon belongs to it.
                        out.append(String.format("\\u%04x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        out.append('"');
    }

    private static void appendIndented(StringBuilder out, Datum datum, int column) {
        if (!(datum instanceof Datum.Listing(List<Datum> elements, Optional<Datum> tail))
                || elements.isEmpty()
                || fits(datum, WIDTH - column) >= 0) {
            append(out, datum);
            return;
        }
        boolean form = elements.getFirst() instanceof Datum.Symbol;
        int inner = column + (form ? 2 : 1);
        out.append('(');
        appendIndented(out, elements.getFirst(), column + 1);
        for (Datum element : elements.subList(1, elements.size())) {
            out.append('\n').append(" ".repeat(inner));
            appendIndented(out, element, inner);
        }
        tail.ifPresent(end -> {
            out.append('\n').append(" ".repeat(inner)).append(". ");
            append(out, end);
        });
        out.append(')');
    }

    /** What is left of {@code room} behind the datum on one line; negative as soon as it does not fit. */
    private static int fits(Datum datum, int room) {
        if (!(datum instanceof Datum.Listing(List<Datum> elements, Optional<Datum> tail))) {
            return room - print(datum).length();
        }
        int left = room - 1 - Math.max(1, elements.size());
        for (Datum element : elements) {
            if (left < 0) {
                return left;
            }
            left = fits(element, left);
        }
        return tail.isPresent() && left >= 0 ? fits(tail.get(), left - 3) : left;
    }
}
