// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian.script;

import dev.cairn.error.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parts a script into words and operators. Comments, redirections and here documents are left out. */
final class ShellLexer {
    private static final String OPERATORS = ";&|()\n";
    private static final String BLANKS = " \t\r";

    private final String text;
    private int at;
    private final List<Token> tokens = new ArrayList<>();
    /** Ends of here documents that start behind this line. */
    private final List<String> documents = new ArrayList<>();

    private ShellLexer(String text) {
        this.text = text;
    }

    sealed interface Token {}

    record Word(ShellWord word) implements Token {}

    /** One of {@code ; & && | || ( ) ;;} and the end of a line, written {@code ;} too. */
    record Operator(String sign) implements Token {}

    static List<Token> read(String text) throws FormatException {
        return new ShellLexer(text).read();
    }

    private List<Token> read() throws FormatException {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (BLANKS.indexOf(c) >= 0) {
                at++;
            } else if (text.startsWith("\\\n", at)) {
                at += 2;
            } else if (c == '#') {
                skipLine();
            } else if (c == '<' || c == '>') {
                redirection();
            } else if (OPERATORS.indexOf(c) >= 0) {
                operator(c);
            } else {
                word();
            }
        }
        return tokens;
    }

    private void operator(char c) {
        if (c == '\n') {
            at++;
            skipDocuments();
            tokens.add(new Operator(";"));
            return;
        }
        for (String two : List.of(";;", "&&", "||")) {
            if (text.startsWith(two, at)) {
                at += 2;
                tokens.add(new Operator(two));
                return;
            }
        }
        at++;
        tokens.add(new Operator(String.valueOf(c)));
    }

    private void word() throws FormatException {
        ShellWord word = readWord();
        boolean descriptor = at < text.length()
                && (text.charAt(at) == '<' || text.charAt(at) == '>')
                && word.source().chars().allMatch(Character::isDigit);
        if (!descriptor) {
            tokens.add(new Word(word));
        }
    }

    private ShellWord readWord() throws FormatException {
        int start = at;
        List<ShellWord.Piece> pieces = new ArrayList<>();
        while (at < text.length() && !isEnd(text.charAt(at))) {
            piece(pieces);
        }
        return new ShellWord(pieces, text.substring(start, at));
    }

    private static boolean isEnd(char c) {
        return BLANKS.indexOf(c) >= 0 || OPERATORS.indexOf(c) >= 0 || c == '<' || c == '>';
    }

    private void piece(List<ShellWord.Piece> pieces) throws FormatException {
        char c = text.charAt(at);
        switch (c) {
            case '\'' -> {
                int end = find("'", at + 1);
                pieces.add(new ShellWord.Literal(text.substring(at + 1, end), true));
                at = end + 1;
            }
            case '"' -> quoted(pieces);
            case '\\' -> {
                if (!text.startsWith("\\\n", at) && at + 1 < text.length()) {
                    pieces.add(new ShellWord.Literal(text.substring(at + 1, at + 2), true));
                }
                at = Math.min(at + 2, text.length());
            }
            case '$', '`' -> expansion(pieces, false);
            default -> {
                int start = at;
                while (at < text.length() && !isEnd(text.charAt(at)) && "'\"\\$`".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                pieces.add(new ShellWord.Literal(text.substring(start, at), false));
            }
        }
    }

    private void quoted(List<ShellWord.Piece> pieces) throws FormatException {
        at++;
        var literal = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                char escaped = text.charAt(at + 1);
                if ("\"\\$`".indexOf(escaped) >= 0) {
                    literal.append(escaped);
                } else if (escaped != '\n') {
                    literal.append(c).append(escaped);
                }
                at += 2;
            } else if (c == '$' || c == '`') {
                pieces.add(new ShellWord.Literal(literal.toString(), true));
                literal.setLength(0);
                expansion(pieces, true);
            } else {
                literal.append(c);
                at++;
            }
        }
        if (at >= text.length()) {
            throw problem("a quotation mark is not closed");
        }
        at++;
        pieces.add(new ShellWord.Literal(literal.toString(), true));
    }

    private void expansion(List<ShellWord.Piece> pieces, boolean quoted) throws FormatException {
        String name;
        Optional<String> otherwise = Optional.empty();
        if (text.charAt(at) == '`') {
            int end = find("`", at + 1);
            name = "(" + text.substring(at + 1, end).strip();
            at = end + 1;
        } else if (text.startsWith("$(", at)) {
            int end = closing(at + 1, '(', ')');
            name = "(" + text.substring(at + 2, end).strip();
            at = end + 1;
        } else if (text.startsWith("${", at)) {
            int end = closing(at + 1, '{', '}');
            name = text.substring(at + 2, end);
            at = end + 1;
            int dash = name.indexOf(":-");
            if (dash > 0 && name.indexOf('$', dash) < 0) {
                otherwise = Optional.of(name.substring(dash + 2));
                name = name.substring(0, dash);
            }
        } else {
            int end = at + 1;
            while (end < text.length() && isName(text.charAt(end))) {
                end++;
            }
            boolean digit = at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
            if (digit || end == at + 1 && end < text.length() && "@*#?$!-".indexOf(text.charAt(end)) >= 0) {
                end = at + 2;
            }
            name = text.substring(at + 1, end);
            at = end;
            if (name.isEmpty()) {
                pieces.add(new ShellWord.Literal("$", quoted));
                return;
            }
        }
        pieces.add(new ShellWord.Variable(name, otherwise, quoted));
    }

    static boolean isName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    /** Where a bracket is closed, passing over quoted text and brackets within. */
    private int closing(int open, char opening, char closing) throws FormatException {
        int depth = 0;
        boolean quoted = false;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted) {
                continue;
            } else if (c == '\'' && opening == '(') {
                i = find("'", i + 1);
            } else if (c == opening) {
                depth++;
            } else if (c == closing && --depth == 0) {
                return i;
            }
        }
        throw problem("a bracket is not closed");
    }

    private int find(String end, int from) throws FormatException {
        int found = text.indexOf(end, from);
        if (found < 0) {
            throw problem("a quotation mark is not closed");
        }
        return found;
    }

    /** Passes over {@code > file}, {@code 2>&1}, {@code << END} and the like. */
    private void redirection() throws FormatException {
        boolean document = text.startsWith("<<", at) && !text.startsWith("<<<", at);
        while (at < text.length() && "<>&|-".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        while (at < text.length() && BLANKS.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        ShellWord target = readWord();
        if (document) {
            documents.add(target.constant().orElseThrow(() -> problem("a here document whose end is not constant")));
        }
    }

    private void skipDocuments() {
        for (String end : documents) {
            while (at < text.length()) {
                int start = at;
                skipLine();
                String line = text.substring(start, at).strip();
                at = Math.min(at + 1, text.length());
                if (line.equals(end)) {
                    break;
                }
            }
        }
        documents.clear();
    }

    private void skipLine() {
        int feed = text.indexOf('\n', at);
        at = feed < 0 ? text.length() : feed;
    }

    private static FormatException problem(String what) {
        return new FormatException("script", what);
    }
}
