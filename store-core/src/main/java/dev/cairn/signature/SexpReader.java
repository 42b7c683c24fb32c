// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import dev.cairn.error.FormatException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads one s-expression in any mixture of its forms (formats, section 5.2): bare and quoted atoms, hexadecimal, base
 * 64, and octets behind their length. For input from anywhere: length and depth are bounded. What libgcrypt takes is
 * taken, apart from octets outside the outermost parentheses.
 */
public final class SexpReader {
    /** Octets of the longest text that is read: an access list with thousands of keys. */
    public static final int MAX_LENGTH = 1 << 20;

    /** Parentheses within each other; keys and lists of them have five. */
    public static final int MAX_DEPTH = 64;

    private static final int MAX_LENGTH_DIGITS = 7;

    private final byte[] text;
    private int position;

    private SexpReader(byte[] text) {
        this.text = text;
    }

    /** Reads an expression that is all of {@code text}, but for white space around it. */
    public static Sexp.Sequence read(byte[] text) throws FormatException {
        if (text.length > MAX_LENGTH) {
            throw new FormatException(
                    "s-expression", text.length + " octets are more than the limit of " + MAX_LENGTH);
        }
        return new SexpReader(text).whole();
    }

    /** Reads an expression whose octets are the characters of {@code text}, all of them below 256. */
    public static Sexp.Sequence read(String text) throws FormatException {
        return read(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Sexp.Sequence whole() throws FormatException {
        skipSpace();
        if (peek() != '(') {
            throw problem("no list begins");
        }
        Deque<List<Sexp>> open = new ArrayDeque<>();
        while (true) {
            skipSpace();
            switch (peek()) {
                case -1 -> throw problem("unmatched parentheses");
                case '(' -> {
                    if (open.size() == MAX_DEPTH) {
                        throw problem("lists are nested more than " + MAX_DEPTH + " deep");
                    }
                    position++;
                    open.push(new ArrayList<>());
                }
                case ')' -> {
                    position++;
                    Sexp.Sequence complete = new Sexp.Sequence(open.pop());
                    if (open.isEmpty()) {
                        return alone(complete);
                    }
                    open.peek().add(complete);
                }
                default -> open.element().add(new Sexp.Atom(atom()));
            }
        }
    }

    private Sexp.Sequence alone(Sexp.Sequence complete) throws FormatException {
        skipSpace();
        if (peek() >= 0) {
            throw problem("something follows the expression");
        }
        return complete;
    }

    private byte[] atom() throws FormatException {
        int first = peek();
        if (first >= '0' && first <= '9') {
            return measured();
        }
        return switch (first) {
            case '"' -> quoted();
            case '#' -> hexadecimal();
            case '|' -> base64();
            default -> bare();
        };
    }

    private byte[] bare() throws FormatException {
        int start = position;
        while (isToken(peek())) {
            position++;
        }
        if (position == start) {
            throw problem("bad character");
        }
        int next = peek();
        if (next >= 0 && !isSpace(next) && next != '(' && next != ')' && next != '"' && next != '#' && next != '|') {
            throw problem("bad character");
        }
        return Arrays.copyOfRange(text, start, position);
    }

    /** Octets behind their length, or one of the other forms that is said to have that length. */
    private byte[] measured() throws FormatException {
        int start = position;
        int length = 0;
        while (peek() >= '0' && peek() <= '9') {
            if (position - start == MAX_LENGTH_DIGITS || position > start && text[start] == '0') {
                throw problem("invalid length");
            }
            length = 10 * length + text[position++] - '0';
        }
        byte[] octets =
                switch (peek()) {
                    case ':' -> verbatim(length);
                    case '"' -> quoted();
                    case '#' -> hexadecimal();
                    case '|' -> base64();
                    default -> throw problem("invalid length");
                };
        if (octets.length != length) {
            throw problem("an atom has " + octets.length + " octets rather than " + length);
        }
        return octets;
    }

    private byte[] verbatim(int length) throws FormatException {
        position++;
        if (length > text.length - position) {
            throw problem("the expression ends within an atom");
        }
        position += length;
        return Arrays.copyOfRange(text, position - length, position);
    }

    private byte[] hexadecimal() throws FormatException {
        String digits = enclosed('#');
        if (digits.length() % 2 != 0) {
            throw problem("an odd number of hexadecimal digits");
        }
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException _) {
            throw problem("bad hexadecimal digit");
        }
    }

    private byte[] base64() throws FormatException {
        try {
            return Base64.getDecoder().decode(enclosed('|'));
        } catch (IllegalArgumentException _) {
            throw problem("bad base 64");
        }
    }

    /** What stands up to the next {@code mark}, without white space. */
    private String enclosed(char mark) throws FormatException {
        StringBuilder inside = new StringBuilder();
        position++;
        while (peek() != mark) {
            if (peek() < 0) {
                throw problem("the expression ends within an atom");
            }
            if (!isSpace(peek())) {
                inside.append((char) peek());
            }
            position++;
        }
        position++;
        return inside.toString();
    }

    private byte[] quoted() throws FormatException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        position++;
        while (true) {
            int c = next();
            if (c == '"') {
                return octets.toByteArray();
            }
            if (c == '\\') {
                escaped(octets);
            } else {
                octets.write(c);
            }
        }
    }

    private void escaped(ByteArrayOutputStream octets) throws FormatException {
        int c = next();
        switch (c) {
            case 'b' -> octets.write('\b');
            case 't' -> octets.write('\t');
            case 'v' -> octets.write(0x0b);
            case 'n' -> octets.write('\n');
            case 'f' -> octets.write('\f');
            case 'r' -> octets.write('\r');
            case '"', '\'', '\\' -> octets.write(c);
            case 'x' -> octets.write(16 * digit(16) + digit(16));
            case '0', '1', '2', '3' -> {
                position--;
                octets.write(64 * digit(8) + 8 * digit(8) + digit(8));
            }
            case '\n' -> skipOne('\r');
            case '\r' -> skipOne('\n');
            default -> throw problem("bad escape");
        }
    }

    /** A line may be continued whatever its end looks like. */
    private void skipOne(char other) {
        if (peek() == other) {
            position++;
        }
    }

    private int digit(int radix) throws FormatException {
        int value = Character.digit(next(), radix);
        if (value < 0) {
            throw problem("bad escape");
        }
        return value;
    }

    private int next() throws FormatException {
        int c = peek();
        if (c < 0) {
            throw problem("the expression ends within an atom");
        }
        position++;
        return c;
    }

    private int peek() {
        return position < text.length ? text[position] & 0xff : -1;
    }

    private void skipSpace() {
        while (isSpace(peek())) {
            position++;
        }
    }

    static boolean isSpace(int c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    /** Whether a bare atom may have this character. */
    static boolean isToken(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || "-./_:*+=".indexOf(c) >= 0;
    }

    private FormatException problem(String text) {
        return new FormatException("s-expression", "octet " + position + ": " + text);
    }
}
