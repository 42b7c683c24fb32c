// SPDX-License-Identifier: Apache-2.0
package dev.cairn.path;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Store paths in ascending order, unchangeable, in an array: items are held by the ten thousand, and have up to
 * hundreds of references each.
 */
public final class SortedPaths extends AbstractSet<StorePath> implements SortedSet<StorePath> {
    private static final SortedPaths NONE = new SortedPaths(new StorePath[0], 0, 0);

    private final StorePath[] paths;
    private final int from;
    private final int to;

    private SortedPaths(StorePath[] paths, int from, int to) {
        this.paths = paths;
        this.from = from;
        this.to = to;
    }

    /** These paths; costs nothing where they are such a set already. */
    public static SortedPaths copyOf(Collection<StorePath> paths) {
        if (paths instanceof SortedPaths sorted) {
            return sorted;
        }
        return ofArray(paths.toArray(StorePath[]::new));
    }

    /** These paths, in any order, equal ones once. The array belongs to the set from now on. */
    public static SortedPaths ofArray(StorePath[] paths) {
        if (paths.length == 0) {
            return NONE;
        }
        if (!isAscending(paths)) {
            Arrays.sort(paths);
        }
        int count = 1;
        for (int i = 1; i < paths.length; i++) {
            if (!paths[i].equals(paths[count - 1])) {
                paths[count++] = paths[i];
            }
        }
        return new SortedPaths(count == paths.length ? paths : Arrays.copyOf(paths, count), 0, count);
    }

    private static boolean isAscending(StorePath[] paths) {
        for (int i = 1; i < paths.length; i++) {
            if (paths[i - 1].compareTo(paths[i]) >= 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int size() {
        return to - from;
    }

    @Override
    public boolean contains(@Nullable Object object) {
        return object instanceof StorePath path && Arrays.binarySearch(paths, from, to, path) >= 0;
    }

    @Override
    public Iterator<StorePath> iterator() {
        return new Iterator<>() {
            private int next = from;

            @Override
            public boolean hasNext() {
                return next < to;
            }

            @Override
            public StorePath next() {
                if (next >= to) {
                    throw new NoSuchElementException();
                }
                return paths[next++];
            }
        };
    }

    /** Always the order of {@link StorePath} itself. */
    @Override
    public @Nullable Comparator<? super StorePath> comparator() {
        return null;
    }

    @Override
    public SortedSet<StorePath> subSet(StorePath first, StorePath end) {
        if (first.compareTo(end) > 0) {
            throw new IllegalArgumentException("'" + first + "' comes after '" + end + "'");
        }
        return new SortedPaths(paths, place(first), place(end));
    }

    @Override
    public SortedSet<StorePath> headSet(StorePath end) {
        return new SortedPaths(paths, from, place(end));
    }

    @Override
    public SortedSet<StorePath> tailSet(StorePath first) {
        return new SortedPaths(paths, place(first), to);
    }

    private int place(StorePath path) {
        int found = Arrays.binarySearch(paths, from, to, path);
        return found >= 0 ? found : -found - 1;
    }

    @Override
    public StorePath first() {
        return end(from);
    }

    @Override
    public StorePath last() {
        return end(to - 1);
    }

    private StorePath end(int index) {
        if (from == to) {
            throw new NoSuchElementException("there is no path in this set");
        }
        return paths[index];
    }
}
