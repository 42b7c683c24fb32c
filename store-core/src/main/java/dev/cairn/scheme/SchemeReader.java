// SPDX-License-Identifier: Apache-2.0
package dev.cairn.scheme;

import dev.cairn.error.FormatException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Reads Scheme data: lists, dotted pairs, strings, symbols, integers, booleans and quote; line, block and datum
 * comments. Everything else that Scheme knows is refused. Input is bounded in size and depth, so text from anywhere can
 * be read.
 */
public final class SchemeReader {
    /** The longest text that is read, in UTF-16 units. */
    public static final int MAX_LENGTH = 32 << 20;

    /** How deep lists may nest. */
    public static final int MAX_DEPTH = 512;

    /** How many data, lists counted, one text may hold. */
    public static final int MAX_DATA = 4_000_000;

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,1000}");
    private static final Pattern NUMBER_LIKE = Pattern.compile("[+-]?\\.?[0-9].*");
    private static final String SYMBOL_CHARACTERS = "!$%&*/:<=>?^_~+-.@";

    private final String text;
    private int position;
    private int data;

    private SchemeReader(String text) {
        this.text = text;
    }

    /** Reads all data of a text. */
    public static List<Datum> readAll(String text) throws FormatException {
        if (text.length() > MAX_LENGTH) {
            throw new FormatException("Scheme data", "longer than " + MAX_LENGTH + " characters");
        }
        SchemeReader reader = new SchemeReader(text);
        List<Datum> all = new ArrayList<>();
        reader.skipBlanks(0);
        while (reader.position < text.length()) {
            all.add(reader.datum(0));
            reader.skipBlanks(0);
        }
        return all;
    }

    /** Reads a text that holds exactly one datum. */
    public static Datum read(String text) throws FormatException {
        List<Datum> all = readAll(text);
        if (all.size() != 1) {
            throw new FormatException("Scheme data", "expected one datum, found " + all.size());
        }
        return all.getFirst();
    }

    private Datum datum(int depth) throws FormatException {
        if (depth > MAX_DEPTH) {
            throw problem("nested deeper than " + MAX_DEPTH);
        }
        skipBlanks(depth);
        if (position >= text.length()) {
            throw problem("the text ends in the middle of a datum");
        }
        if (++data > MAX_DATA) {
            throw problem("more than " + MAX_DATA + " data");
        }
        char c = text.charAt(position);
        return switch (c) {
            case '(', '[' -> listing(depth);
            case '"' -> string();
            case '\'' -> {
                position++;
                yield Datum.list(Datum.symbol("quote"), datum(depth + 1));
            }
            case '#' -> hash();
            case ')', ']' -> throw problem("a closing parenthesis without an opening one");
            default -> atom();
        };
    }

    private Datum listing(int depth) throws FormatException {
        char close = text.charAt(position++) == '(' ? ')' : ']';
        List<Datum> elements = new ArrayList<>();
        while (true) {
            skipBlanks(depth);
            if (position >= text.length()) {
                throw problem("a list is not closed");
            }
            char c = text.charAt(position);
            if (c == close) {
                position++;
                return Datum.list(elements);
            }
            if (c == '.' && !elements.isEmpty() && endsAtom(position + 1)) {
                position++;
                return dotted(elements, datum(depth + 1), close, depth);
            }
            elements.add(datum(depth + 1));
        }
    }

    private Datum dotted(List<Datum> elements, Datum rest, char close, int depth) throws FormatException {
        skipBlanks(depth);
        if (position >= text.length() || text.charAt(position) != close) {
            throw problem("expected the end of the list behind the datum that follows the dot");
        }
        position++;
        if (rest instanceof Datum.Listing(List<Datum> more, Optional<Datum> tail)) {
            elements.addAll(more);
            return new Datum.Listing(elements, tail);
        }
        return new Datum.Listing(elements, Optional.of(rest));
    }

    private Datum string() throws FormatException {
        StringBuilder value = new StringBuilder();
        for (position++; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == '"') {
                position++;
                return Datum.text(value.toString());
            }
            if (c != '\\') {
                value.append(c);
                continue;
            }
            position++;
            escape(value);
        }
        throw problem("a string is not closed");
    }

    /** Reads what follows a backslash; leaves the position on the last character of the escape. */
    private void escape(StringBuilder value) throws FormatException {
        if (position >= text.length()) {
            throw problem("a string is not closed");
        }
        char c = text.charAt(position);
        switch (c) {
            case '\\', '"', '\'', '|', '(' -> value.append(c);
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'a' -> value.append('\u0007');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'v' -> value.append('\u000b');
            case '0' -> value.append('\0');
            case '\n' -> skipIndentation();
            case 'x' -> value.appendCodePoint(hexEscape());
            case 'u' -> value.appendCodePoint(fixedEscape(4));
            case 'U' -> value.appendCodePoint(fixedEscape(6));
            default -> throw problem("unknown escape '\\" + c + "' in a string");
        }
    }

    private void skipIndentation() {
        while (position + 1 < text.length() && " \t".indexOf(text.charAt(position + 1)) >= 0) {
            position++;
        }
    }

    /** Both {@code \xHH;} and Guile's older {@code \xHH} without the semicolon. */
    private int hexEscape() throws FormatException {
        int start = position + 1;
        int end = start;
        while (end < text.length() && end - start < 6 && Character.digit(text.charAt(end), 16) >= 0) {
            end++;
        }
        boolean closed = end > start && end < text.length() && text.charAt(end) == ';';
        if (!closed) {
            end = Math.min(end, start + 2);
        }
        if (!closed && end != start + 2) {
            throw problem("bad \\x escape in a string");
        }
        int codePoint = codePoint(start, end);
        position = closed ? end : end - 1;
        return codePoint;
    }

    private int fixedEscape(int digits) throws FormatException {
        int start = position + 1;
        int codePoint = codePoint(start, start + digits);
        position += digits;
        return codePoint;
    }

    private int codePoint(int start, int end) throws FormatException {
        int codePoint = 0;
        for (int i = start; i < end; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                throw problem("a bad escape for a character by number in a string");
            }
            codePoint = codePoint << 4 | digit;
        }
        if (codePoint > Character.MAX_CODE_POINT || codePoint >= 0xd800 && codePoint < 0xe000) {
            throw problem("an escape for a character that does not exist");
        }
        return codePoint;
    }

    private Datum hash() throws FormatException {
        if (text.startsWith("#{", position)) {
            int end = text.indexOf("}#", position + 2);
            if (end <= position + 2 || text.substring(position, end).indexOf('\\') >= 0) {
                throw problem("bad #{symbol}#");
            }
            String name = text.substring(position + 2, end);
            position = end + 2;
            return Datum.symbol(name);
        }
        int start = position++;
        while (!endsAtom(position)) {
            position++;
        }
        String token = text.substring(start, position);
        return switch (token) {
            case "#t", "#true" -> Datum.TRUE;
            case "#f", "#false" -> Datum.FALSE;
            default -> {
                position = start;
                throw problem("unsupported syntax '" + shorten(token) + "'");
            }
        };
    }

    private Datum atom() throws FormatException {
        int start = position;
        while (!endsAtom(position)) {
            position++;
        }
        String token = text.substring(start, position);
        if (INTEGER.matcher(token).matches()) {
            return new Datum.Whole(new BigInteger(token));
        }
        if (isSymbol(token)) {
            return Datum.symbol(token);
        }
        position = start;
        String shown = token.isEmpty() ? text.substring(start, start + 1) : shorten(token);
        throw problem("unsupported syntax '" + shown + "'");
    }

    /** Whether a token reads as a symbol without further marks. */
    static boolean isSymbol(String token) {
        if (token.isEmpty() || token.equals(".") || NUMBER_LIKE.matcher(token).matches()) {
            return false;
        }
        return token.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || SYMBOL_CHARACTERS.indexOf(c) >= 0);
    }

    private boolean endsAtom(int index) {
        if (index >= text.length()) {
            return true;
        }
        char c = text.charAt(index);
        return Character.isWhitespace(c) || "()[]\";'`,".indexOf(c) >= 0;
    }

    /** Moves past white space and comments of every kind. */
    private void skipBlanks(int depth) throws FormatException {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (Character.isWhitespace(c)) {
                position++;
            } else if (c == ';') {
                int end = text.indexOf('\n', position);
                position = end < 0 ? text.length() : end + 1;
            } else if (text.startsWith("#|", position)) {
                skipBlock();
            } else if (text.startsWith("#;", position)) {
                position += 2;
                datum(depth + 1);
            } else if (position == 0 && text.startsWith("#!")) {
                int end = text.indexOf("!#");
                if (end < 0) {
                    throw problem("a #! comment is not closed");
                }
                position = end + 2;
            } else {
                return;
            }
        }
    }

    private void skipBlock() throws FormatException {
        OptionalInt end = BlockComment.end(text, position);
        if (end.isEmpty()) {
            throw problem("a #| comment is not closed");
        }
        position = end.getAsInt();
    }

    private FormatException problem(String what) {
        int line = 1;
        int lineStart = 0;
        int end = Math.min(position, text.length());
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new FormatException("Scheme data", what + " (line " + line + ", column " + (end - lineStart) + ")");
    }

    private static String shorten(String token) {
        return token.length() > 40 ? token.substring(0, 40) + "…" : token;
    }
}
