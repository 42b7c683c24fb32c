// SPDX-License-Identifier: Apache-2.0
package dev.cairn.scheme.code;

import java.util.List;
import java.util.Optional;

/**
 * A part of a Scheme program, with its place. What the reader of Scheme abbreviates is written out: {@code 'x} is the
 * list {@code (quote x)}, {@code #~x} is {@code (gexp x)}.
 */
public sealed interface Form {
    /** Where it begins. */
    Place place();

    /** A name. */
    record Symbol(String name, Place place) implements Form {}

    /** {@code #:NAME}. */
    record Keyword(String name, Place place) implements Form {}

    /** A string. */
    record Text(String value, Place place) implements Form {}

    /** {@code #t} or {@code #f}. */
    record Bool(boolean value, Place place) implements Form {}

    /** Something else that stands for itself: a number, a character, a bit vector; as it is written. */
    record Constant(String text, Place place) implements Form {}

    /** {@code #(...)} or an array of numbers. */
    record Vector(List<Form> elements, Place place) implements Form {
        public Vector {
            elements = List.copyOf(elements);
        }
    }

    /**
     * A list, or pairs that end in something else.
     *
     * @param elements in order
     * @param tail what follows the dot, never a list; empty for a proper list
     */
    record Listing(List<Form> elements, Optional<Form> tail, Place place) implements Form {
        public Listing {
            elements = List.copyOf(elements);
        }

        /** Whether it is a proper list that begins with this symbol. */
        public boolean isCall(String operator) {
            return operator.equals(operator());
        }

        /** The symbol that a proper list begins with; an empty text where it does not. */
        public String operator() {
            return tail.isEmpty() && !elements.isEmpty() && elements.getFirst() instanceof Symbol(String name, _)
                    ? name
                    : "";
        }

        /** Everything behind the first element. */
        public List<Form> operands() {
            return elements.isEmpty() ? List.of() : elements.subList(1, elements.size());
        }
    }

    /** A word for what it is, for messages. */
    default String kind() {
        return switch (this) {
            case Symbol(String name, _) -> "'" + shorten(name) + "'";
            case Keyword(String name, _) -> "'#:" + shorten(name) + "'";
            case Text _ -> "a string";
            case Bool(boolean value, _) -> value ? "#t" : "#f";
            case Constant(String text, _) -> "'" + shorten(text) + "'";
            case Vector _ -> "a vector";
            case Listing list when !list.operator().isEmpty() -> "'(" + shorten(list.operator()) + " ...)'";
            case Listing _ -> "a list";
        };
    }

    private static String shorten(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "…" : name;
    }
}
