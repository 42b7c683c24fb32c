// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An s-expression of Rivest's kind, as keys, signatures and access lists are written (formats, section 5.2). Two are
 * equal when they nest alike and have the same octets in every atom, however these were spelled. Immutable.
 */
public sealed interface Sexp {
    /**
     * Octets that stand for themselves.
     *
     * @param octets copied on the way in and out
     */
    record Atom(byte[] octets) implements Sexp {
        public Atom {
            octets = octets.clone();
        }

        @Override
        public byte[] octets() {
            return octets.clone();
        }

        /** Whether the octets are those of {@code text}, which is ASCII. */
        public boolean is(String text) {
            return Arrays.equals(octets, text.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Atom(byte[] same) && Arrays.equals(octets, same);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(octets);
        }

        /** The octets as characters. */
        @Override
        public String toString() {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }

    /** Expressions in parentheses. */
    record Sequence(List<Sexp> elements) implements Sexp {
        public Sequence {
            elements = List.copyOf(elements);
        }

        /** Whether the first element is the atom {@code token}. */
        public boolean startsWith(String token) {
            return !elements.isEmpty() && elements.getFirst() instanceof Atom atom && atom.is(token);
        }

        /** The element at {@code index}, if there is one and it is a sequence. */
        public Optional<Sequence> sequence(int index) {
            return index < elements.size() && elements.get(index) instanceof Sequence sequence
                    ? Optional.of(sequence)
                    : Optional.empty();
        }

        /** The octets of the element at {@code index}, if there is one and it is an atom. */
        public Optional<byte[]> octets(int index) {
            return index < elements.size() && elements.get(index) instanceof Atom atom
                    ? Optional.of(atom.octets())
                    : Optional.empty();
        }

        /** The first sequence that starts with {@code token}, depth first, this one included. */
        public Optional<Sequence> find(String token) {
            if (startsWith(token)) {
                return Optional.of(this);
            }
            for (Sexp element : elements) {
                if (element instanceof Sequence sequence) {
                    Optional<Sequence> found = sequence.find(token);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            return Optional.empty();
        }

        /** The octets that follow {@code token} in the first sequence that starts with it. */
        public Optional<byte[]> value(String token) {
            return find(token).flatMap(found -> found.octets(1));
        }
    }

    /** An atom of ASCII text. */
    static Atom atom(String text) {
        return new Atom(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A sequence of an atom, which is ASCII, and other elements. */
    static Sequence of(String token, Sexp... rest) {
        Sexp[] elements = new Sexp[rest.length + 1];
        elements[0] = atom(token);
        System.arraycopy(rest, 0, elements, 1, rest.length);
        return new Sequence(List.of(elements));
    }
}
