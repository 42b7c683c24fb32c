// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import dev.cairn.error.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads fields that name other packages (deb-control(5), "Depends" and after it).
 *
 * <p>{@code Depends} and its like are dependencies with alternatives; {@code Provides}, {@code Conflicts},
 * {@code Breaks} and {@code Replaces} are plain relations. The old signs {@code <} and {@code >} mean {@code <=} and
 * {@code >=}, a version without a sign means {@code =}. Restrictions to architectures ({@code [amd64]}) and build
 * profiles ({@code <!nocheck>}) belong to source packages and are refused. Errors name the field and a piece of the
 * text.
 */
public final class RelationParser {
    /** Relations that one field may have, alternatives counted. */
    public static final int MOST = 20_000;

    private static final int SHOWN = 60;

    private final String field;
    private final String text;
    private int at;
    private int count;

    private RelationParser(String field, String text) {
        this.field = field;
        this.text = text;
    }

    /**
     * Reads a field such as {@code Depends}, {@code Recommends} or {@code Suggests}.
     *
     * @param field its name, for errors
     */
    public static List<Dependency> dependencies(String field, String text) throws FormatException {
        var parser = new RelationParser(field, text);
        var result = new ArrayList<Dependency>();
        while (parser.hasNext()) {
            Relation first = parser.relation();
            if (!parser.skip('|')) {
                result.add(new Dependency(List.of(first)));
            } else {
                var alternatives = new ArrayList<Relation>(4);
                alternatives.add(first);
                do {
                    alternatives.add(parser.relation());
                } while (parser.skip('|'));
                result.add(new Dependency(alternatives));
            }
            parser.endOfElement();
        }
        return result;
    }

    /**
     * Reads a field such as {@code Conflicts}, {@code Breaks} or {@code Replaces}.
     *
     * @param field its name, for errors
     */
    public static List<Relation> relations(String field, String text) throws FormatException {
        var parser = new RelationParser(field, text);
        var result = new ArrayList<Relation>();
        while (parser.hasNext()) {
            result.add(parser.relation());
            if (parser.skip('|')) {
                throw parser.problem("alternatives are not allowed here");
            }
            parser.endOfElement();
        }
        return result;
    }

    /** Reads {@code Provides}: relations whose version, if any, is exact. */
    public static List<Relation> provides(String text) throws FormatException {
        List<Relation> result = relations("Provides", text);
        for (Relation relation : result) {
            if (relation.bound().isPresent()
                    && relation.bound().get().operator() != Relation.Operator.EXACTLY) {
                throw new FormatException("Provides", "only = is allowed: " + relation);
            }
        }
        return result;
    }

    /** Whether anything but space is left. A comma at the end is allowed, as dpkg allows it. */
    private boolean hasNext() {
        skipSpace();
        return at < text.length();
    }

    private void endOfElement() throws FormatException {
        if (at < text.length() && !skip(',')) {
            throw problem("expected a comma");
        }
    }

    private Relation relation() throws FormatException {
        if (++count > MOST) {
            throw problem("more than " + MOST + " relations");
        }
        skipSpace();
        String name = word();
        if (!PackageName.isValid(name)) {
            throw problem(name.isEmpty() ? "expected the name of a package" : "no name of a package: " + shown(name));
        }
        Optional<String> qualifier = Optional.empty();
        if (at < text.length() && text.charAt(at) == ':') {
            at++;
            String architecture = word();
            if (!PackageName.isArchitecture(architecture)) {
                throw problem("expected an architecture after the colon of " + name);
            }
            qualifier = Optional.of(architecture);
        }
        skipSpace();
        Optional<Relation.Bound> bound = at < text.length() && text.charAt(at) == '(' ? bound() : Optional.empty();
        skipSpace();
        if (at < text.length() && (text.charAt(at) == '[' || text.charAt(at) == '<')) {
            throw problem("restrictions to architectures or build profiles are for source packages only");
        }
        return new Relation(name, qualifier, bound);
    }

    private Optional<Relation.Bound> bound() throws FormatException {
        at++;
        skipSpace();
        Relation.Operator operator = operator();
        skipSpace();
        int start = at;
        while (at < text.length() && text.charAt(at) != ')' && !isSpace(text.charAt(at))) {
            at++;
        }
        String version = text.substring(start, at);
        if (!DebianVersion.isVersion(version)) {
            throw problem("no version: " + shown(version));
        }
        skipSpace();
        if (at >= text.length() || text.charAt(at) != ')') {
            throw problem("expected a closing parenthesis after " + shown(version));
        }
        at++;
        return Optional.of(new Relation.Bound(operator, version));
    }

    private Relation.Operator operator() {
        if (at >= text.length()) {
            return Relation.Operator.EXACTLY;
        }
        char first = text.charAt(at);
        if (first == '=') {
            at++;
            return Relation.Operator.EXACTLY;
        }
        if (first != '<' && first != '>') {
            return Relation.Operator.EXACTLY;
        }
        at++;
        char second = at < text.length() ? text.charAt(at) : ' ';
        if (second == first) {
            at++;
            return first == '<' ? Relation.Operator.BEFORE : Relation.Operator.AFTER;
        }
        if (second == '=') {
            at++;
        }
        return first == '<' ? Relation.Operator.AT_MOST : Relation.Operator.AT_LEAST;
    }

    private String word() {
        int start = at;
        while (at < text.length() && PackageName.isPart(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean skip(char wanted) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private FormatException problem(String what) {
        int from = Math.clamp(at - SHOWN / 2, 0, text.length());
        int to = Math.min(text.length(), from + SHOWN);
        return new FormatException(
                field,
                what + ", at character " + at + " near \"" + text.substring(from, to).replace('\n', ' ') + "\"");
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
