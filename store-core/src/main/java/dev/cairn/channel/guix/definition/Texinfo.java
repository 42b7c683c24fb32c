// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Short texts in Texinfo as plain ones: what marks words is taken off, what names commands and files is quoted. What is
 * not understood stands as it is written.
 */
final class Texinfo {
    /** Deeper than anybody nests. */
    private static final int MAX_DEPTH = 50;

    private static final Set<String> QUOTED =
            Set.of("code", "command", "file", "option", "samp", "env", "kbd", "key", "verb", "dfn");

    private static final Map<String, String> SIGNS = Map.of(
            "dots", "...", "copyright", "\u00a9", "result", "=>", "bullet", "*",
            "tie", " ", "minus", "-", "TeX", "TeX");

    private static final Set<String> REFERENCES = Set.of("xref", "ref", "pxref", "inforef");

    private final String source;
    private final StringBuilder out = new StringBuilder();
    private int position;

    private Texinfo(String source) {
        this.source = source;
    }

    /** What a text says, without blanks at its ends. */
    static String text(String source) {
        Texinfo reading = new Texinfo(lines(source));
        reading.read(0);
        return reading.out.toString().strip();
    }

    /** Without lines that only begin or end an environment; items begin with a dash. */
    private static String lines(String source) {
        List<String> kept = new ArrayList<>();
        for (String line : source.split("\n", -1)) {
            String stripped = line.strip();
            if (stripped.matches("@(end|itemize|enumerate|quotation|noindent|table|example|lisp|smallexample|display"
                    + "|c|comment)(\\s.*)?")) {
                continue;
            }
            kept.add(stripped.matches("@itemx?(\\s.*)?") ? stripped.replaceFirst("@itemx?\\s*", "- ") : line);
        }
        return String.join("\n", kept);
    }

    /** Reads to the end, or inside braces to where these are closed. */
    private void read(int depth) {
        while (position < source.length()) {
            char next = source.charAt(position++);
            if (next == '}' && depth > 0) {
                return;
            }
            if (next == '@') {
                command(depth);
            } else {
                out.append(next);
            }
        }
    }

    private void command(int depth) {
        int start = position;
        while (position < source.length() && Character.isLetter(source.charAt(position))) {
            position++;
        }
        String name = source.substring(start, position);
        boolean braces = position < source.length() && source.charAt(position) == '{';
        if (name.isEmpty()) {
            // A sign that would mean something else by itself: @@, @{, @}.
            out.append(position < source.length() ? source.substring(position, ++position) : "@");
        } else if (!braces || depth >= MAX_DEPTH) {
            out.append('@').append(name);
        } else {
            position++;
            int before = out.length();
            read(depth + 1);
            String inside = out.substring(before);
            out.setLength(before);
            out.append(shown(name, inside));
        }
    }

    private static String shown(String name, String inside) {
        if (QUOTED.contains(name)) {
            return "'" + inside + "'";
        }
        if (SIGNS.containsKey(name)) {
            return SIGNS.get(name);
        }
        if (name.equals("uref") || name.equals("url") || name.equals("email")) {
            int comma = inside.indexOf(',');
            return comma < 0
                    ? inside
                    : inside.substring(comma + 1).strip() + " (" + inside.substring(0, comma).strip() + ")";
        }
        if (REFERENCES.contains(name)) {
            String node = inside.split(",", 2)[0].strip();
            return (name.equals("xref") ? "See '" : name.equals("pxref") ? "see '" : "'") + node + "'";
        }
        return inside;
    }
}
