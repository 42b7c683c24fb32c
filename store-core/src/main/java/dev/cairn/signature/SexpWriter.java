// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Writes s-expressions as libgcrypt does, to the octet (formats, section 5.2). */
public final class SexpWriter {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final StringBuilder text = new StringBuilder();

    private SexpWriter() {}

    /** The form of all of Guix's files, with line breaks and one at the end. Its characters are octets. */
    public static String advanced(Sexp.Sequence expression) {
        SexpWriter writer = new SexpWriter();
        writer.sequence(expression, 0);
        return writer.text.append('\n').toString();
    }

    /** The form without choices: every atom behind its length, nothing between them. */
    public static byte[] canonical(Sexp expression) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        canonical(expression, out);
        return out.toByteArray();
    }

    private static void canonical(Sexp expression, ByteArrayOutputStream out) {
        switch (expression) {
            case Sexp.Atom atom -> {
                byte[] octets = atom.octets();
                out.writeBytes((octets.length + ":").getBytes(StandardCharsets.US_ASCII));
                out.writeBytes(octets);
            }
            case Sexp.Sequence sequence -> {
                out.write('(');
                sequence.elements().forEach(element -> canonical(element, out));
                out.write(')');
            }
        }
    }

    /** @param level of parentheses around it */
    private void sequence(Sexp.Sequence sequence, int level) {
        if (level > 0) {
            newLine(level);
        }
        text.append('(');
        List<Sexp> elements = sequence.elements();
        for (int i = 0; i < elements.size(); i++) {
            boolean last = i == elements.size() - 1;
            switch (elements.get(i)) {
                case Sexp.Atom atom -> {
                    text.append(text(atom.octets()));
                    if (!last) {
                        text.append(' ');
                    }
                }
                case Sexp.Sequence inner -> {
                    sequence(inner, level + 1);
                    if (last || elements.get(i + 1) instanceof Sexp.Atom) {
                        newLine(level + 1);
                    }
                }
            }
        }
        text.append(')');
    }

    private void newLine(int level) {
        text.append('\n').repeat(' ', level);
    }

    private static String text(byte[] octets) {
        if (octets.length == 0) {
            return "\"\"";
        }
        if (octets[0] <= 0 || !isText(octets)) {
            return "#" + HEX.formatHex(octets) + "#";
        }
        return isBare(octets) ? new String(octets, StandardCharsets.US_ASCII) : quoted(octets);
    }

    private static boolean isText(byte[] octets) {
        for (byte octet : octets) {
            int c = octet & 0xff;
            boolean control = c < 0x20 && (c < '\b' || c > '\r') || c >= 0x7f && c <= 0xa0;
            if (control) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBare(byte[] octets) {
        for (byte octet : octets) {
            if (!SexpReader.isToken(octet & 0xff)) {
                return false;
            }
        }
        return octets[0] < '0' || octets[0] > '9';
    }

    private static String quoted(byte[] octets) {
        StringBuilder quoted = new StringBuilder("\"");
        for (byte octet : octets) {
            switch (octet) {
                case '\b' -> quoted.append("\\b");
                case '\t' -> quoted.append("\\t");
                case 0x0b -> quoted.append("\\v");
                case '\n' -> quoted.append("\\n");
                case '\f' -> quoted.append("\\f");
                case '\r' -> quoted.append("\\r");
                case '"', '\'', '\\' -> quoted.append('\\').append((char) octet);
                default -> quoted.append((char) (octet & 0xff));
            }
        }
        return quoted.append('"').toString();
    }
}
