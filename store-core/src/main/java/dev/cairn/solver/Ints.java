// SPDX-License-Identifier: Apache-2.0
package dev.cairn.solver;

import java.util.Arrays;

/** A list of numbers that grows. */
final class Ints {
    private int[] elements = new int[4];
    private int size;

    int size() {
        return size;
    }

    int get(int index) {
        return elements[index];
    }

    void set(int index, int element) {
        elements[index] = element;
    }

    void add(int element) {
        if (size == elements.length) {
            elements = Arrays.copyOf(elements, 2 * size);
        }
        elements[size++] = element;
    }

    int removeLast() {
        return elements[--size];
    }

    /** Drops all but the first ones. */
    void shrink(int newSize) {
        size = newSize;
    }

    int[] toArray() {
        return Arrays.copyOf(elements, size);
    }
}
