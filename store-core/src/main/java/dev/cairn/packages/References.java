// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text cut at its references: {@code #$NAME}, {@code #$NAME@VERSION}, either with {@code :OUTPUT}, {@code #$output}
 * and {@code #$source}; {@code #$$} stands for {@code #$}. A name or version goes on as long as its characters do, but
 * does not end with one of {@code . ? = -}; {@code #$} before anything else is text.
 *
 * @param parts in order; together the whole text
 */
public record References(List<Part> parts) {
    private static final String MARK = "#$";
    private static final String NEVER_LAST = ".?=-";

    public References {
        parts = List.copyOf(parts);
    }

    /** A piece of the text. */
    public sealed interface Part {}

    /** Text that stands for itself. */
    public record Literal(String text) implements Part {}

    /** The path of an output of a package. */
    public record OfPackage(Specification specification) implements Part {}

    /** The path of an output of the package itself. */
    public record OwnOutput(String name) implements Part {}

    /** The path of the source. */
    public record OfSource() implements Part {}

    /** Gives the text that takes a reference's place. */
    @FunctionalInterface
    public interface Replacement {
        String of(Part reference) throws PackageException;
    }

    /** Cuts a text. */
    public static References in(String text) {
        return new Scanner(text).scan();
    }

    /** The packages that are referred to, as often as they are. */
    public List<Specification> packages() {
        return parts.stream()
                .filter(OfPackage.class::isInstance)
                .map(part -> ((OfPackage) part).specification())
                .toList();
    }

    /** The text with something else in place of every reference. */
    public String replace(Replacement replacement) throws PackageException {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(part instanceof Literal(String literal) ? literal : replacement.of(part));
        }
        return text.toString();
    }

    private static final class Scanner {
        private final String text;
        private final List<Part> parts = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();
        private int position;

        private Scanner(String text) {
            this.text = text;
        }

        private References scan() {
            while (position < text.length()) {
                int mark = text.indexOf(MARK, position);
                int after = mark + MARK.length();
                if (mark < 0 || after >= text.length()) {
                    break;
                }
                literal.append(text, position, mark);
                position = after;
                char next = text.charAt(after);
                if (PackageNames.isNameStart(next)) {
                    reference();
                } else {
                    literal.append(MARK);
                    position += next == '$' ? 1 : 0;
                }
            }
            literal.append(text, Math.min(position, text.length()), text.length());
            flush();
            return new References(parts);
        }

        private void reference() {
            flush();
            String name = word();
            Optional<String> version = Optional.empty();
            boolean own = name.equals("output") || name.equals("source");
            if (!own && startsWord('@')) {
                position++;
                version = Optional.of(word());
            }
            Optional<String> output = Optional.empty();
            if (!name.equals("source") && startsOutput()) {
                position++;
                int end = position;
                while (end < text.length() && isOutputCharacter(text.charAt(end))) {
                    end++;
                }
                output = Optional.of(text.substring(position, end));
                position = end;
            }
            parts.add(switch (name) {
                case "source" -> new OfSource();
                case "output" -> new OwnOutput(output.orElse("out"));
                default -> new OfPackage(new Specification(name, version, output));
            });
        }

        private String word() {
            int end = position;
            while (end < text.length() && PackageNames.isNameCharacter(text.charAt(end))) {
                end++;
            }
            while (end > position + 1 && NEVER_LAST.indexOf(text.charAt(end - 1)) >= 0) {
                end--;
            }
            String word = text.substring(position, end);
            position = end;
            return word;
        }

        private boolean startsWord(char mark) {
            return position + 1 < text.length()
                    && text.charAt(position) == mark
                    && PackageNames.isNameStart(text.charAt(position + 1));
        }

        private boolean startsOutput() {
            return position + 1 < text.length()
                    && text.charAt(position) == ':'
                    && text.charAt(position + 1) >= 'a'
                    && text.charAt(position + 1) <= 'z';
        }

        private static boolean isOutputCharacter(char c) {
            return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
        }

        private void flush() {
            if (!literal.isEmpty()) {
                parts.add(new Literal(literal.toString()));
                literal.setLength(0);
            }
        }
    }
}
