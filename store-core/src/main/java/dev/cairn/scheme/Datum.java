// SPDX-License-Identifier: Apache-2.0
package dev.cairn.scheme;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A Scheme datum: what {@code read} gives, never evaluated. */
public sealed interface Datum {
    /** The empty list. */
    Listing NIL = new Listing(List.of(), Optional.empty());

    /** {@code #t}. */
    Bool TRUE = new Bool(true);

    /** {@code #f}. */
    Bool FALSE = new Bool(false);

    /** A name. */
    record Symbol(String name) implements Datum {
        public Symbol {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a symbol needs a name");
            }
        }
    }

    /** A string. */
    record Text(String value) implements Datum {}

    /** An exact integer. */
    record Whole(BigInteger value) implements Datum {}

    /** {@code #t} or {@code #f}. */
    record Bool(boolean value) implements Datum {}

    /**
     * A list, or pairs that end in something else.
     *
     * @param elements in order
     * @param tail what follows the dot: no list, and only behind at least one element; empty for a proper list
     */
    record Listing(List<Datum> elements, Optional<Datum> tail) implements Datum {
        public Listing {
            elements = List.copyOf(elements);
            if (tail.isPresent() && (elements.isEmpty() || tail.get() instanceof Listing)) {
                throw new IllegalArgumentException("a tail is no list and follows an element");
            }
        }

        /** Whether it ends in the empty list. */
        public boolean isProper() {
            return tail.isEmpty();
        }
    }

    static Datum symbol(String name) {
        return new Symbol(name);
    }

    static Datum text(String value) {
        return new Text(value);
    }

    static Datum whole(long value) {
        return new Whole(BigInteger.valueOf(value));
    }

    static Listing list(List<? extends Datum> elements) {
        return new Listing(List.copyOf(elements), Optional.empty());
    }

    static Listing list(Datum... elements) {
        return list(Arrays.asList(elements));
    }

    /** The pair {@code (first . rest)}; a list when {@code rest} is one. */
    static Listing pair(Datum first, Datum rest) {
        if (rest instanceof Listing(List<Datum> elements, Optional<Datum> tail)) {
            Datum[] all = new Datum[elements.size() + 1];
            all[0] = first;
            for (int i = 0; i < elements.size(); i++) {
                all[i + 1] = elements.get(i);
            }
            return new Listing(Arrays.asList(all), tail);
        }
        return new Listing(List.of(first), Optional.of(rest));
    }

    /** Everything but the first element of a list that has one. */
    static Datum rest(Listing list) {
        List<Datum> rest = list.elements().subList(1, list.elements().size());
        return rest.isEmpty() && list.tail().isPresent() ? list.tail().get() : new Listing(rest, list.tail());
    }
}
