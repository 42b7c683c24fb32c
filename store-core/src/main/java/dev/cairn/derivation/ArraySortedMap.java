// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An immutable map in natural order of keys, kept in two arrays, for the reasons of {@link ArraySortedSet}. */
final class ArraySortedMap<K extends Comparable<? super K>, V> extends AbstractMap<K, V> implements SortedMap<K, V> {
    private final Object[] keys;
    private final Object[] values;

    /**
     * @param keys ascending, without duplicates; kept, not copied
     * @param values as many; kept, not copied
     */
    ArraySortedMap(Object[] keys, Object[] values) {
        this.keys = keys;
        this.values = values;
    }

    static <K extends Comparable<? super K>, V> ArraySortedMap<K, V> copyOf(Map<K, V> map) {
        return copyOf(map, UnaryOperator.identity());
    }

    /** A copy with other values; {@code map} itself when it is such a map and no value changes. */
    static <K extends Comparable<? super K>, V> ArraySortedMap<K, V> copyOf(Map<K, V> map, UnaryOperator<V> change) {
        boolean sorted = map instanceof SortedMap<K, V> given && given.comparator() == null;
        Map<K, V> source = sorted ? map : new TreeMap<>(map);
        Object[] keys = new Object[source.size()];
        Object[] values = new Object[keys.length];
        int i = 0;
        boolean same = source instanceof ArraySortedMap<K, V>;
        for (Map.Entry<K, V> entry : source.entrySet()) {
            keys[i] = entry.getKey();
            values[i] = change.apply(entry.getValue());
            same &= values[i] == entry.getValue();
            i++;
        }
        return same && source instanceof ArraySortedMap<K, V> unchanged
                ? unchanged
                : new ArraySortedMap<>(keys, values);
    }

    @SuppressWarnings("unchecked")
    private K key(int index) {
        return (K) keys[index];
    }

    @SuppressWarnings("unchecked")
    private V value(int index) {
        return (V) values[index];
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    public @Nullable V get(Object key) {
        int found = Arrays.binarySearch(keys, key);
        return found < 0 ? null : value(found);
    }

    @Override
    public boolean containsKey(Object key) {
        return Arrays.binarySearch(keys, key) >= 0;
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        for (int i = 0; i < keys.length; i++) {
            action.accept(key(i), value(i));
        }
    }

    @Override
    public Set<K> keySet() {
        return new ArraySortedSet<>(keys);
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return keys.length;
            }

            @Override
            public Iterator<Map.Entry<K, V>> iterator() {
                return new EntryIterator();
            }
        };
    }

    @Override
    public @Nullable Comparator<? super K> comparator() {
        return null;
    }

    @Override
    public SortedMap<K, V> subMap(K from, K to) {
        return part(ArraySortedSet.lowerBound(keys, from), ArraySortedSet.lowerBound(keys, to));
    }

    @Override
    public SortedMap<K, V> headMap(K to) {
        return part(0, ArraySortedSet.lowerBound(keys, to));
    }

    @Override
    public SortedMap<K, V> tailMap(K from) {
        return part(ArraySortedSet.lowerBound(keys, from), keys.length);
    }

    @Override
    public K firstKey() {
        if (keys.length == 0) {
            throw new NoSuchElementException();
        }
        return key(0);
    }

    @Override
    public K lastKey() {
        if (keys.length == 0) {
            throw new NoSuchElementException();
        }
        return key(keys.length - 1);
    }

    private SortedMap<K, V> part(int from, int to) {
        return new ArraySortedMap<>(Arrays.copyOfRange(keys, from, to), Arrays.copyOfRange(values, from, to));
    }

    private final class EntryIterator implements Iterator<Map.Entry<K, V>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < keys.length;
        }

        @Override
        public Map.Entry<K, V> next() {
            if (next == keys.length) {
                throw new NoSuchElementException();
            }
            Map.Entry<K, V> entry = new SimpleImmutableEntry<>(key(next), value(next));
            next++;
            return entry;
        }
    }
}
