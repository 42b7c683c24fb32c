// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

/**
 * Directed edges between numbered items, sorted by where they start.
 *
 * @param offsets positions into {@code targets}: the edges of item {@code i} are from {@code offsets[i]} to {@code
 *     offsets[i + 1]}
 */
record Edges(int[] offsets, int[] targets) {
    /** No edges at all. */
    static final Edges NONE = new Edges(new int[0], new int[0]);

    /** @param pairs start and end of each edge in turn */
    static Edges of(int size, int[] pairs) {
        int[] offsets = new int[size + 1];
        for (int i = 0; i < pairs.length; i += 2) {
            offsets[pairs[i] + 1]++;
        }
        for (int i = 0; i < size; i++) {
            offsets[i + 1] += offsets[i];
        }
        int[] next = offsets.clone();
        int[] targets = new int[pairs.length / 2];
        for (int i = 0; i < pairs.length; i += 2) {
            targets[next[pairs[i]]++] = pairs[i + 1];
        }
        return new Edges(offsets, targets);
    }

    /** The opposite of all edges. */
    static Edges reverse(int size, int[] offsets, int[] targets) {
        int[] starts = new int[size + 1];
        for (int target : targets) {
            starts[target + 1]++;
        }
        for (int i = 0; i < size; i++) {
            starts[i + 1] += starts[i];
        }
        int[] next = starts.clone();
        int[] sources = new int[targets.length];
        for (int source = 0; source < size; source++) {
            for (int i = offsets[source]; i < offsets[source + 1]; i++) {
                sources[next[targets[i]]++] = source;
            }
        }
        return new Edges(starts, sources);
    }

    int start(int item) {
        return offsets.length == 0 ? 0 : offsets[item];
    }

    int end(int item) {
        return offsets.length == 0 ? 0 : offsets[item + 1];
    }
}
