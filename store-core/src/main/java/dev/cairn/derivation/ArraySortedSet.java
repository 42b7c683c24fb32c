// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set in natural order, kept in one array. Derivations are read by the ten thousand and hold a few dozen
 * elements each: trees of small objects would cost most of the time and memory. Parts are copies, which nobody can tell
 * from views.
 */
final class ArraySortedSet<E extends Comparable<? super E>> extends AbstractSet<E> implements SortedSet<E> {
    private final Object[] elements;

    /** @param elements ascending, without duplicates; kept, not copied */
    ArraySortedSet(Object[] elements) {
        this.elements = elements;
    }

    static <E extends Comparable<? super E>> ArraySortedSet<E> copyOf(Collection<E> elements) {
        if (elements instanceof ArraySortedSet<E> copied) {
            return copied;
        }
        boolean sorted = elements instanceof SortedSet<E> set && set.comparator() == null;
        return new ArraySortedSet<>((sorted ? elements : new TreeSet<>(elements)).toArray());
    }

    @SuppressWarnings("unchecked")
    private E at(int index) {
        return (E) elements[index];
    }

    @Override
    public int size() {
        return elements.length;
    }

    @Override
    public boolean contains(Object element) {
        return Arrays.binarySearch(elements, element) >= 0;
    }

    @Override
    public Iterator<E> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < elements.length;
            }

            @Override
            public E next() {
                if (next == elements.length) {
                    throw new NoSuchElementException();
                }
                return at(next++);
            }
        };
    }

    @Override
    public Object[] toArray() {
        return Arrays.copyOf(elements, elements.length, Object[].class);
    }

    @Override
    public @Nullable Comparator<? super E> comparator() {
        return null;
    }

    @Override
    public SortedSet<E> subSet(E from, E to) {
        return part(lowerBound(elements, from), lowerBound(elements, to));
    }

    @Override
    public SortedSet<E> headSet(E to) {
        return part(0, lowerBound(elements, to));
    }

    @Override
    public SortedSet<E> tailSet(E from) {
        return part(lowerBound(elements, from), elements.length);
    }

    @Override
    public E first() {
        if (elements.length == 0) {
            throw new NoSuchElementException();
        }
        return at(0);
    }

    @Override
    public E last() {
        if (elements.length == 0) {
            throw new NoSuchElementException();
        }
        return at(elements.length - 1);
    }

    /** The first position whose element is not less than {@code bound}. */
    static int lowerBound(Object[] sorted, Object bound) {
        int found = Arrays.binarySearch(sorted, bound);
        return found < 0 ? -found - 1 : found;
    }

    private SortedSet<E> part(int from, int to) {
        return new ArraySortedSet<>(Arrays.copyOfRange(elements, from, to));
    }
}
