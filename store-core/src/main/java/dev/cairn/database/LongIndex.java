// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import java.util.Arrays;

/** Counts off different numbers: the first has the place 0, the next other one 1. Not safe for several threads. */
final class LongIndex {
    private static final int NONE = -1;

    private long[] keys = new long[1 << 10];
    private int[] places = empty(keys.length);
    private int count;

    /** How many different ones there are. */
    int size() {
        return count;
    }

    /** The place of a number, which gets the next one if it has none yet. */
    int add(long key) {
        int slot = slot(key);
        if (places[slot] == NONE) {
            if (2 * count > keys.length) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
            places[slot] = count++;
        }
        return places[slot];
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        // Numbers of items mostly follow each other; the product spreads the others, too.
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
        while (places[slot] != NONE && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldPlaces = places;
        keys = new long[2 * oldKeys.length];
        places = empty(keys.length);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldPlaces[i] != NONE) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                places[slot] = oldPlaces[i];
            }
        }
    }

    private static int[] empty(int length) {
        int[] places = new int[length];
        Arrays.fill(places, NONE);
        return places;
    }
}
