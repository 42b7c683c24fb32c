// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import dev.cairn.error.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes of a text by lines, as {@code diff --ed} writes them: commands {@code 5a}, {@code 5,7c} and {@code 5,7d}, the
 * last lines first, each but the last kind followed by lines and a dot. Commands for texts that have such a dot
 * themselves are refused: indices of archives have none.
 */
public final class EdScript {
    private static final String FORMAT = "ed script";
    private static final int BUFFER = 256 * 1024;

    private final byte[] script;
    /** In the order of the text. */
    private final List<Edit> edits = new ArrayList<>();

    /**
     * Other lines for some lines.
     *
     * @param from the first that goes, or before which others come; the first one is 1
     * @param to the last that goes, or {@code from - 1}
     * @param start where in the script the others begin
     * @param end where they end
     */
    private record Edit(long from, long to, int start, int end) {}

    private EdScript(byte[] script) {
        this.script = script;
    }

    /** Reads a script. @param script not to be changed any more */
    public static EdScript read(byte[] script) throws FormatException {
        EdScript result = new EdScript(script);
        int at = 0;
        while (at < script.length) {
            at = result.command(at);
        }
        return result;
    }

    /** Reads the command at an octet. @return where the next one is */
    private int command(int at) throws FormatException {
        int end = endOfLine(at);
        String line = new String(script, at, Math.min(end - at, 40), StandardCharsets.ISO_8859_1);
        if (!line.matches("[0-9]{1,10}(,[0-9]{1,10})?[acd]")) {
            throw new FormatException(FORMAT, "'" + line.replaceAll("[^ -~]", "?") + "' is no command");
        }
        char kind = line.charAt(line.length() - 1);
        String[] numbers = line.substring(0, line.length() - 1).split(",");
        long first = Long.parseLong(numbers[0]);
        long last = numbers.length == 1 ? first : Long.parseLong(numbers[1]);
        int start = end + 1;
        int textEnd = kind == 'd' ? start : endOfText(start);
        Edit edit = kind == 'a'
                ? new Edit(first + 1, first, start, textEnd)
                : new Edit(first, last, start, textEnd);
        boolean ordered = edits.isEmpty() || last < edits.getFirst().from();
        boolean sensible = kind == 'a' ? numbers.length == 1 : first >= 1 && first <= last;
        if (!ordered || !sensible) {
            throw new FormatException(FORMAT, "'" + line + "' is out of order");
        }
        edits.addFirst(edit);
        return kind == 'd' ? start : endOfLine(textEnd) + 1;
    }

    private int endOfLine(int at) {
        int end = at;
        while (end < script.length && script[end] != '\n') {
            end++;
        }
        return end;
    }

    /** Where the line is that has only a dot. */
    private int endOfText(int from) throws FormatException {
        for (int at = from; at < script.length; at = endOfLine(at) + 1) {
            if (script[at] == '.' && endOfLine(at) == at + 1) {
                return at;
            }
        }
        throw new FormatException(FORMAT, "it ends within a text");
    }

    /**
     * Writes a text as it is after the changes.
     *
     * @throws FormatException when the text has fewer lines than the script says
     */
    public void apply(InputStream text, OutputStream changed) throws IOException, FormatException {
        Lines lines = new Lines(text);
        long line = 1;
        for (Edit edit : edits) {
            lines.pass(edit.from() - line, changed);
            changed.write(script, edit.start(), edit.end() - edit.start());
            lines.pass(edit.to() - edit.from() + 1, OutputStream.nullOutputStream());
            line = edit.to() + 1;
        }
        lines.rest(changed);
    }

    /** Passes on whole lines of a stream. */
    private static final class Lines {
        private final InputStream in;
        private final byte[] buffer = new byte[BUFFER];
        private int at;
        private int end;

        Lines(InputStream in) {
            this.in = in;
        }

        void pass(long lines, OutputStream out) throws IOException, FormatException {
            for (long left = lines; left > 0; ) {
                if (at == end && !fill()) {
                    throw new FormatException(FORMAT, "it is for a longer text");
                }
                int from = at;
                while (at < end && left > 0) {
                    if (buffer[at++] == '\n') {
                        left--;
                    }
                }
                out.write(buffer, from, at - from);
            }
        }

        void rest(OutputStream out) throws IOException {
            out.write(buffer, at, end - at);
            in.transferTo(out);
        }

        private boolean fill() throws IOException {
            at = 0;
            end = Math.max(0, in.read(buffer));
            return end > 0;
        }
    }
}
