// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

/** Parts a file of apt's settings into words, strings and signs, without comments. */
final class AptConfLexer {
    private static final int LONGEST = 64 << 10;

    private final String text;
    private int at;
    private int line = 1;

    AptConfLexer(String text) {
        this.text = text;
    }

    enum Kind {
        WORD,
        STRING,
        SEMICOLON,
        OPEN,
        CLOSE,
        /** {@code #clear} or {@code #include} with what follows, up to the semicolon. */
        DIRECTIVE,
        END,
        /** The text says what is wrong. */
        BROKEN
    }

    record Token(Kind kind, String text) {}

    /** The line of the last token. */
    int line() {
        return line;
    }

    Token next() {
        skipSpaceAndComments();
        if (at >= text.length()) {
            return new Token(Kind.END, "");
        }
        char c = text.charAt(at);
        return switch (c) {
            case ';' -> sign(Kind.SEMICOLON);
            case '{' -> sign(Kind.OPEN);
            case '}' -> sign(Kind.CLOSE);
            case '"' -> string();
            case '#' -> directive();
            default -> word();
        };
    }

    private Token sign(Kind kind) {
        at++;
        return new Token(kind, "");
    }

    private Token string() {
        int end = text.indexOf('"', at + 1);
        int feed = text.indexOf('\n', at);
        if (end < 0 || feed >= 0 && feed < end) {
            return new Token(Kind.BROKEN, "a quotation mark is not closed on its line");
        }
        return token(Kind.STRING, at + 1, end, end + 1);
    }

    private Token directive() {
        int end = at;
        while (end < text.length() && text.charAt(end) != ';' && text.charAt(end) != '\n') {
            end++;
        }
        boolean closed = end < text.length() && text.charAt(end) == ';';
        return token(Kind.DIRECTIVE, at, end, closed ? end + 1 : end);
    }

    private Token word() {
        int end = at;
        while (end < text.length() && !isEnd(text.charAt(end)) && !text.startsWith("//", end)) {
            end++;
        }
        return token(Kind.WORD, at, end, end);
    }

    private static boolean isEnd(char c) {
        return c <= ' ' || c == ';' || c == '{' || c == '}' || c == '"' || c == '#';
    }

    private Token token(Kind kind, int from, int to, int next) {
        if (to - from > LONGEST) {
            return new Token(Kind.BROKEN, "a very long value");
        }
        String token = text.substring(from, to);
        at = next;
        return new Token(kind, token);
    }

    private void skipSpaceAndComments() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                line++;
                at++;
            } else if (c <= ' ') {
                at++;
            } else if (text.startsWith("/*", at)) {
                skipComment();
            } else if (text.startsWith("//", at) || c == '#' && !isDirective()) {
                int feed = text.indexOf('\n', at);
                at = feed < 0 ? text.length() : feed;
            } else {
                return;
            }
        }
    }

    private boolean isDirective() {
        return text.startsWith("#clear", at) || text.startsWith("#include", at);
    }

    private void skipComment() {
        int end = text.indexOf("*/", at + 2);
        int next = end < 0 ? text.length() : end + 2;
        for (; at < next; at++) {
            if (text.charAt(at) == '\n') {
                line++;
            }
        }
    }
}
