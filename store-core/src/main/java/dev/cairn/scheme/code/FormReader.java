// SPDX-License-Identifier: Apache-2.0
package dev.cairn.scheme.code;

import dev.cairn.error.FormatException;
import dev.cairn.scheme.BlockComment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads Scheme programs as Guile does: lists in round or square brackets, strings, symbols, keywords, characters,
 * numbers, vectors; quotations and G-expressions in their short forms; line, block and datum comments. Size and depth
 * are bounded, so that a text from anywhere can be read; all of it is read once, in time that grows with its length.
 *
 * <p>For one text, by one thread.
 */
public final class FormReader {
    /** The longest text that is read, in UTF-16 units. */
    public static final int MAX_LENGTH = 16 << 20;

    /** How deep lists may nest. */
    public static final int MAX_DEPTH = 400;

    /** How many forms, lists counted, are read at once. */
    public static final int MAX_FORMS = 2_000_000;

    private static final String FORMAT = "Scheme code";
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]+(?:/[0-9]+)?|[0-9]+\\.[0-9]*|\\.[0-9]+)(?:e[+-]?[0-9]+)?"
                    + "|[+-](?:inf|nan)\\.0");
    private static final Pattern VECTOR = Pattern.compile("#(?:[a-z]+[0-9]*)?");
    private static final Map<String, Boolean> TRUTHS =
            Map.of("#t", true, "#true", true, "#f", false, "#false", false);

    /** Longest first: what abbreviates a list of the named symbol and the next form. */
    private static final List<Map.Entry<String, String>> ABBREVIATIONS = List.of(
            Map.entry("#$@", "ungexp-splicing"),
            Map.entry("#+@", "ungexp-native-splicing"),
            Map.entry("#,@", "unsyntax-splicing"),
            Map.entry("#~", "gexp"),
            Map.entry("#$", "ungexp"),
            Map.entry("#+", "ungexp-native"),
            Map.entry("#'", "syntax"),
            Map.entry("#`", "quasisyntax"),
            Map.entry("#,", "unsyntax"),
            Map.entry(",@", "unquote-splicing"),
            Map.entry("'", "quote"),
            Map.entry("`", "quasiquote"),
            Map.entry(",", "unquote"));

    private final String text;

    /** Where the last {@code !#} is; -2 until somebody has to know. */
    private int lastBlockEnd = -2;

    private int position;
    private int forms;

    /** How far lines and columns are counted, and what they are there. */
    private int counted;
    private int line;
    private int column;

    private FormReader(String text, int offset, Place place) {
        this.text = text;
        position = offset;
        counted = offset;
        line = place.line();
        column = place.column();
    }

    /**
     * Reads all forms of a text.
     *
     * @throws FormatException when it is no Scheme; the message ends in the line and the column
     */
    public static List<Form> readAll(String text) throws FormatException {
        FormReader reader = new FormReader(checked(text), 0, Place.START);
        List<Form> all = new ArrayList<>();
        reader.skipBlanks(0);
        while (reader.position < text.length()) {
            all.add(reader.form(0));
            reader.skipBlanks(0);
        }
        return all;
    }

    /** Reads the form that begins where {@link #topLevel} found one. */
    public static Form readAt(String text, int offset, Place place) throws FormatException {
        return new FormReader(checked(text), offset, place).form(0);
    }

    /**
     * Reads the first elements of a list that begins where {@link #topLevel} found a form.
     *
     * @return at most {@code count} elements; none when there is no list
     */
    public static List<Form> readFirst(String text, TopLevel.Start start, int count) throws FormatException {
        FormReader reader = new FormReader(text, start.offset(), start.place());
        List<Form> elements = new ArrayList<>();
        if (start.offset() < text.length() && text.charAt(start.offset()) == '(') {
            reader.position++;
            reader.skipBlanks(0);
            while (elements.size() < count
                    && reader.position < text.length()
                    && ")].".indexOf(text.charAt(reader.position)) < 0) {
                elements.add(reader.form(0));
                reader.skipBlanks(0);
            }
        }
        return elements;
    }

    /**
     * Finds the forms of a text that are in no other, without keeping them.
     *
     * @param sink takes where each begins: its offset in the text, and its place
     */
    static void topLevel(String text, Consumer<TopLevel.Start> sink) throws FormatException {
        FormReader reader = new FormReader(checked(text), 0, Place.START);
        reader.skipBlanks(0);
        while (reader.position < text.length()) {
            sink.accept(new TopLevel.Start(reader.position, reader.place(reader.position)));
            reader.skip();
            reader.skipBlanks(0);
        }
    }

    private static String checked(String text) throws FormatException {
        if (text.length() > MAX_LENGTH) {
            throw new FormatException(FORMAT, "longer than " + MAX_LENGTH + " characters");
        }
        return text;
    }

    private Form form(int depth) throws FormatException {
        if (depth > MAX_DEPTH) {
            throw problem("nested deeper than " + MAX_DEPTH, position);
        }
        skipBlanks(depth);
        if (position >= text.length()) {
            throw problem("the text ends in the middle of a form", position);
        }
        if (++forms > MAX_FORMS) {
            throw problem("more than " + MAX_FORMS + " forms", position);
        }
        Place place = place(position);
        char c = text.charAt(position);
        if (c == '(' || c == '[') {
            return listing(place, depth);
        }
        if (c == '"') {
            return new Form.Text(string(), place);
        }
        if (c == ')' || c == ']') {
            throw problem("a closing bracket without an opening one", position);
        }
        Optional<Map.Entry<String, String>> abbreviation = abbreviation();
        if (abbreviation.isPresent()) {
            position += abbreviation.get().getKey().length();
            Form operator = new Form.Symbol(abbreviation.get().getValue(), place);
            return new Form.Listing(List.of(operator, form(depth + 1)), Optional.empty(), place);
        }
        return c == '#' ? hash(place, depth) : atom(place);
    }

    private Optional<Map.Entry<String, String>> abbreviation() {
        if ("#',`".indexOf(text.charAt(position)) < 0) {
            return Optional.empty();
        }
        return ABBREVIATIONS.stream().filter(each -> text.startsWith(each.getKey(), position)).findFirst();
    }

    private Form.Listing listing(Place place, int depth) throws FormatException {
        int start = position;
        List<Form> elements = new ArrayList<>();
        char close = text.charAt(position++) == '(' ? ')' : ']';
        while (true) {
            skipBlanks(depth);
            if (position >= text.length()) {
                throw problem("a list is not closed", start);
            }
            char c = text.charAt(position);
            if (c == close) {
                position++;
                return new Form.Listing(elements, Optional.empty(), place);
            }
            if (c == '.' && !elements.isEmpty() && endsAtom(position + 1)) {
                position++;
                return dotted(elements, close, place, depth);
            }
            elements.add(form(depth + 1));
        }
    }

    private Form.Listing dotted(List<Form> elements, char close, Place place, int depth) throws FormatException {
        Form rest = form(depth + 1);
        skipBlanks(depth);
        if (position >= text.length() || text.charAt(position) != close) {
            throw problem("expected the end of the list behind the form that follows the dot", position);
        }
        position++;
        if (rest instanceof Form.Listing(List<Form> more, Optional<Form> tail, _)) {
            elements.addAll(more);
            return new Form.Listing(elements, tail, place);
        }
        return new Form.Listing(elements, Optional.of(rest), place);
    }

    private Form hash(Place place, int depth) throws FormatException {
        int start = position;
        if (text.startsWith("#{", position)) {
            return new Form.Symbol(extendedSymbol(), place);
        }
        if (text.startsWith("#\\", position)) {
            skipCharacter();
            return new Form.Constant(text.substring(start, position), place);
        }
        if (text.startsWith("#:", position)) {
            position += 2;
            int name = position;
            skipAtom();
            if (position == name) {
                throw problem("a keyword without a name", start);
            }
            return new Form.Keyword(text.substring(name, position), place);
        }
        position++;
        skipAtom();
        String token = text.substring(start, position);
        if (position < text.length() && text.charAt(position) == '(' && VECTOR.matcher(token).matches()) {
            return new Form.Vector(listing(place, depth).elements(), place);
        }
        if (TRUTHS.containsKey(token)) {
            return new Form.Bool(TRUTHS.get(token), place);
        }
        if (token.matches("#(?:[eibodx][^<]+|nil|!.*|\\*[01]*)")) {
            return new Form.Constant(token, place);
        }
        throw problem("unknown syntax '" + (token.length() > 40 ? token.substring(0, 40) + "…" : token) + "'", start);
    }

    private String extendedSymbol() throws FormatException {
        int start = position;
        int end = text.indexOf("}#", start + 2);
        if (end < 0) {
            throw problem("a #{symbol}# is not closed", start);
        }
        position = end + 2;
        return text.substring(start + 2, end);
    }

    /** Moves past {@code #\}, a character of any kind, and the rest of its name if it has one. */
    private void skipCharacter() throws FormatException {
        if (position + 2 >= text.length()) {
            throw problem("the text ends in the middle of a character", position);
        }
        position += 2 + Character.charCount(text.codePointAt(position + 2));
        skipAtom();
    }

    private Form atom(Place place) {
        int start = position;
        skipAtom();
        String token = text.substring(start, position);
        // Only what begins like a number can be one, and the test takes time.
        boolean number = "+-.0123456789".indexOf(token.charAt(0)) >= 0 && NUMBER.matcher(token).matches();
        return number ? new Form.Constant(token, place) : new Form.Symbol(token, place);
    }

    private void skipAtom() {
        while (!endsAtom(position)) {
            position++;
        }
    }

    private boolean endsAtom(int index) {
        if (index >= text.length()) {
            return true;
        }
        char c = text.charAt(index);
        return c <= ' ' || c == '(' || c == ')' || c == '[' || c == ']' || c == '"' || c == ';' || isBlank(c);
    }

    private static boolean isBlank(char c) {
        return c <= ' ' || c > 0x7e && (Character.isWhitespace(c) || c == '\u00a0' || c == '\ufeff');
    }

    private String string() throws FormatException {
        int start = position;
        StringBuilder value = new StringBuilder();
        int plain = ++position;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '"') {
                value.append(text, plain, position++);
                return value.toString();
            }
            if (c == '\\') {
                value.append(text, plain, position);
                position = StringEscape.read(text, position, value);
                plain = position;
            } else {
                position++;
            }
        }
        throw problem("a string is not closed", start);
    }

    /** Moves past a form without making anything of it, however deep it is. */
    private void skip() throws FormatException {
        int start = position;
        int open = 0;
        do {
            // Datum comments are the only ones that hold forms; their depth counts on its own.
            skipBlanks(0);
            if (position >= text.length()) {
                throw problem("a list is not closed", start);
            }
            open += skipToken();
            if (open < 0) {
                throw problem("a closing bracket without an opening one", position - 1);
            }
        } while (open > 0);
    }

    /** Moves past one token. @return how many lists more are open behind it; an abbreviation counts as no token */
    private int skipToken() throws FormatException {
        char c = text.charAt(position);
        while (abbreviation().isPresent()) {
            position += abbreviation().get().getKey().length();
            skipBlanks(0);
            if (position >= text.length()) {
                throw problem("the text ends in the middle of a form", position);
            }
            c = text.charAt(position);
        }
        if (c == '(' || c == '[') {
            position++;
            return 1;
        }
        if (c == ')' || c == ']') {
            position++;
            return -1;
        }
        if (c == '"') {
            skipString();
        } else if (text.startsWith("#\\", position)) {
            skipCharacter();
        } else if (text.startsWith("#{", position)) {
            extendedSymbol();
        } else {
            int start = position++;
            skipAtom();
            // The bracket of a vector belongs to its mark, so that a mark at the top is not taken for a whole form.
            if (c == '#'
                    && position < text.length()
                    && text.charAt(position) == '('
                    && VECTOR.matcher(text).region(start, position).matches()) {
                position++;
                return 1;
            }
        }
        return 0;
    }

    private void skipString() throws FormatException {
        int start = position++;
        while (position < text.length() && text.charAt(position) != '"') {
            position += text.charAt(position) == '\\' ? 2 : 1;
        }
        if (position >= text.length()) {
            throw problem("a string is not closed", start);
        }
        position++;
    }

    /** Moves past white space and comments of every kind. */
    private void skipBlanks(int depth) throws FormatException {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (isBlank(c)) {
                position++;
            } else if (c == ';') {
                int end = text.indexOf('\n', position);
                position = end < 0 ? text.length() : end + 1;
            } else if (c != '#') {
                return;
            } else if (text.startsWith("#|", position)) {
                skipBlock();
            } else if (text.startsWith("#;", position)) {
                skipDatumComment(depth);
            } else if (text.startsWith("#!", position) && position < lastBlockEnd()) {
                position = text.indexOf("!#", position) + 2;
            } else {
                return;
            }
        }
    }

    private int lastBlockEnd() {
        if (lastBlockEnd == -2) {
            lastBlockEnd = text.lastIndexOf("!#");
        }
        return lastBlockEnd;
    }

    private void skipDatumComment(int depth) throws FormatException {
        if (depth > MAX_DEPTH) {
            throw problem("nested deeper than " + MAX_DEPTH, position);
        }
        position += 2;
        skipBlanks(depth + 1);
        if (position >= text.length()) {
            throw problem("the text ends in the middle of a comment", position);
        }
        form(depth + 1);
    }

    private void skipBlock() throws FormatException {
        OptionalInt end = BlockComment.end(text, position);
        if (end.isEmpty()) {
            throw problem("a #| comment is not closed", position);
        }
        position = end.getAsInt();
    }

    /** The place of an offset that is not before any asked for earlier. */
    private Place place(int offset) {
        for (; counted < offset; counted++) {
            char c = text.charAt(counted);
            if (c == '\n') {
                line++;
                column = 0;
            } else if (c == '\t') {
                column += 8 - column % 8;
            } else if (!Character.isLowSurrogate(c)) {
                column++;
            }
        }
        return new Place(line, column);
    }

    private FormatException problem(String what, int offset) {
        Place place = new FormReader(text, 0, Place.START).place(Math.min(offset, text.length()));
        return new FormatException(FORMAT, what + " (line " + place.line() + ", column " + place.column() + ")");
    }
}
