// SPDX-License-Identifier: Apache-2.0
package dev.cairn.graph;

import java.util.Arrays;

/**
 * A directed graph of nodes 0 to {@link #size()} - 1. Loops are allowed. The edges of node {@code i} have the numbers
 * {@code start(i)} to {@code start(i + 1) - 1}. Immutable, if nobody changes the arrays it was made of.
 */
public final class Digraph {
    private final int[] offsets;
    private final int[] targets;

    private Digraph(int[] offsets, int[] targets) {
        this.offsets = offsets;
        this.targets = targets;
    }

    /**
     * The graph that is already in this form. The arrays are kept, not copied.
     *
     * @param offsets one more than there are nodes: where the edges of each node begin in {@code targets}, ascending
     *     from 0
     * @param targets where each edge leads
     */
    public static Digraph of(int[] offsets, int[] targets) {
        int nodes = offsets.length - 1;
        if (nodes < 0 || offsets[0] != 0 || offsets[nodes] != targets.length) {
            throw new IllegalArgumentException("offsets do not fit " + targets.length + " edges");
        }
        for (int i = 0; i < nodes; i++) {
            if (offsets[i] > offsets[i + 1]) {
                throw new IllegalArgumentException("offsets descend at node " + i);
            }
        }
        for (int target : targets) {
            if (target < 0 || target >= nodes) {
                throw new IllegalArgumentException("no node " + target);
            }
        }
        return new Digraph(offsets, targets);
    }

    /** Starts a graph with {@code nodes} nodes. */
    public static Builder builder(int nodes) {
        return new Builder(nodes);
    }

    /** Number of nodes. */
    public int size() {
        return offsets.length - 1;
    }

    /** Number of edges. */
    public int edges() {
        return targets.length;
    }

    /** The first edge of {@code node}; of {@link #size()}, the number of edges. */
    public int start(int node) {
        return offsets[node];
    }

    /** The edge after the last of {@code node}. */
    public int end(int node) {
        return offsets[node + 1];
    }

    /** Where an edge leads. */
    public int target(int edge) {
        return targets[edge];
    }

    /** Where the edges of {@code node} lead, as a new array. */
    public int[] targets(int node) {
        return Arrays.copyOfRange(targets, offsets[node], offsets[node + 1]);
    }

    /** Whether an edge leads from {@code from} to {@code to}. */
    public boolean hasEdge(int from, int to) {
        for (int edge = offsets[from]; edge < offsets[from + 1]; edge++) {
            if (targets[edge] == to) {
                return true;
            }
        }
        return false;
    }

    /** The graph with all edges turned round. The edges of a node lead to ascending nodes. */
    public Digraph reverse() {
        int[] starts = new int[offsets.length];
        for (int target : targets) {
            starts[target + 1]++;
        }
        for (int i = 0; i < size(); i++) {
            starts[i + 1] += starts[i];
        }
        int[] sources = new int[targets.length];
        int[] next = Arrays.copyOf(starts, size());
        for (int node = 0; node < size(); node++) {
            for (int edge = offsets[node]; edge < offsets[node + 1]; edge++) {
                sources[next[targets[edge]]++] = node;
            }
        }
        return new Digraph(starts, sources);
    }

    /** Gathers edges in any order. */
    public static final class Builder {
        private final int nodes;
        private long[] edges = new long[64];
        private int count;

        private Builder(int nodes) {
            this.nodes = nodes;
        }

        /** Adds an edge; adding it again changes nothing. */
        public Builder edge(int from, int to) {
            if (from < 0 || from >= nodes || to < 0 || to >= nodes) {
                throw new IllegalArgumentException("no edge from " + from + " to " + to + " among " + nodes + " nodes");
            }
            if (count == edges.length) {
                edges = Arrays.copyOf(edges, 2 * count);
            }
            edges[count++] = (long) from << 32 | to;
            return this;
        }

        /** The graph, each node's edges ascending and without repetition. */
        public Digraph build() {
            Arrays.sort(edges, 0, count);
            int[] offsets = new int[nodes + 1];
            int[] targets = new int[count];
            int used = 0;
            for (int i = 0; i < count; i++) {
                if (i == 0 || edges[i] != edges[i - 1]) {
                    offsets[(int) (edges[i] >>> 32) + 1]++;
                    targets[used++] = (int) edges[i];
                }
            }
            for (int i = 0; i < nodes; i++) {
                offsets[i + 1] += offsets[i];
            }
            return new Digraph(offsets, Arrays.copyOf(targets, used));
        }
    }
}
