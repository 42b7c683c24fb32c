// SPDX-License-Identifier: Apache-2.0
package dev.cairn.signature;

import dev.cairn.error.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys whose signatures are believed (formats, section 5.5). A key is authorised when it has the same expression
 * as one of these, octet by octet in every atom. Immutable; safe for use by several threads.
 */
public final class AccessList {
    /** Nobody is authorised. */
    public static final AccessList EMPTY = new AccessList(List.of());

    private static final Sexp.Sequence TAG = Sexp.of("tag", Sexp.of("guix", Sexp.atom("import")));

    private final List<PublicKey> keys;

    /** A list of these keys; those that occur again are left out. */
    public AccessList(List<PublicKey> keys) {
        this.keys = keys.stream().distinct().toList();
    }

    /**
     * Reads the text of a list.
     *
     * @throws FormatException when an entry is of another form: a list that is understood in part says nothing
     */
    public static AccessList read(byte[] text) throws FormatException {
        Sexp.Sequence expression = SexpReader.read(text);
        if (!expression.startsWith("acl")) {
            throw new FormatException("access list", "the expression does not start with 'acl'");
        }
        List<PublicKey> keys = new ArrayList<>();
        for (int i = 1; i < expression.elements().size(); i++) {
            Sexp.Sequence entry = expression.sequence(i).orElseThrow(AccessList::badEntry);
            boolean wellFormed = entry.startsWith("entry")
                    && entry.elements().size() == 3
                    && entry.elements().get(2).equals(TAG);
            if (!wellFormed) {
                throw badEntry();
            }
            keys.add(new PublicKey(entry.sequence(1).orElseThrow(AccessList::badEntry)));
        }
        return new AccessList(keys);
    }

    private static FormatException badEntry() {
        return new FormatException(
                "access list", "an entry is not of the form (entry (public-key ...) (tag (guix import)))");
    }

    /** The keys, the latest first. */
    public List<PublicKey> keys() {
        return keys;
    }

    /** The authorised key that has this expression. */
    public Optional<PublicKey> key(Sexp.Sequence expression) {
        return keys.stream().filter(key -> key.expression().equals(expression)).findFirst();
    }

    /** This list with {@code key} in front. */
    public AccessList with(PublicKey key) {
        List<PublicKey> more = new ArrayList<>(List.of(key));
        more.addAll(keys);
        return new AccessList(more);
    }

    /** This list without {@code key}. */
    public AccessList without(PublicKey key) {
        return new AccessList(keys.stream().filter(other -> !other.equals(key)).toList());
    }

    /** The text of its file. */
    public String text() {
        Sexp[] entries = keys.stream()
                .map(key -> Sexp.of("entry", key.expression(), TAG))
                .toArray(Sexp[]::new);
        return SexpWriter.advanced(Sexp.of("acl", entries));
    }
}
