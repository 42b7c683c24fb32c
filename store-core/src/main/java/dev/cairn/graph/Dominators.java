// SPDX-License-Identifier: Apache-2.0
package dev.cairn.graph;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What is in a closure only because of what: a node dominates another when every way from the roots to the other one
 * leads through it. The size that a node alone accounts for is that of all nodes it dominates.
 */
public final class Dominators {
    /** Stands for the roots together: what several roots reach on ways of their own is dominated by no node. */
    public static final int NONE = -1;

    private final int[] immediate;
    private final int[] order;

    private Dominators(int[] immediate, int[] order) {
        this.immediate = immediate;
        this.order = order;
    }

    /**
     * Computes them for everything that {@code roots} reach (after Cooper, Harvey and Kennedy, "A Simple, Fast
     * Dominance Algorithm").
     */
    public static Dominators of(Digraph graph, BitSet roots) {
        // One node more than the graph has stands before all roots.
        int entry = graph.size();
        int[] order = reversePostOrder(graph, roots);
        int[] rank = new int[graph.size() + 1];
        Arrays.fill(rank, -1);
        rank[entry] = 0;
        for (int i = 0; i < order.length; i++) {
            rank[order[i]] = i + 1;
        }
        Digraph reverse = graph.reverse();
        int[] dominator = new int[graph.size() + 1];
        Arrays.fill(dominator, -1);
        dominator[entry] = entry;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int node : order) {
                int best = roots.get(node) ? entry : -1;
                for (int edge = reverse.start(node); edge < reverse.end(node); edge++) {
                    int source = reverse.target(edge);
                    if (rank[source] > 0 && dominator[source] >= 0) {
                        best = best < 0 ? source : meet(dominator, rank, best, source);
                    }
                }
                if (dominator[node] != best) {
                    dominator[node] = best;
                    changed = true;
                }
            }
        }
        int[] immediate = new int[graph.size()];
        for (int node = 0; node < immediate.length; node++) {
            immediate[node] = dominator[node] == entry ? NONE : dominator[node];
        }
        return new Dominators(immediate, order);
    }

    /** The nearest node that dominates {@code node}; {@link #NONE} where none does or the roots do not reach it. */
    public int immediate(int node) {
        return immediate[node];
    }

    /**
     * For every node the sum of the sizes of what it dominates, itself included: what would go if it went. 0 for what
     * the roots do not reach.
     */
    public long[] exclusiveSizes(long[] sizes) {
        long[] sums = new long[immediate.length];
        for (int i = order.length - 1; i >= 0; i--) {
            int node = order[i];
            sums[node] += sizes[node];
            if (immediate[node] != NONE) {
                sums[immediate[node]] += sums[node];
            }
        }
        return sums;
    }

    private static int meet(int[] dominator, int[] rank, int a, int b) {
        int x = a;
        int y = b;
        while (x != y) {
            if (rank[x] > rank[y]) {
                x = dominator[x];
            } else {
                y = dominator[y];
            }
        }
        return x;
    }

    private static int[] reversePostOrder(Digraph graph, BitSet roots) {
        int size = graph.size();
        int[] result = new int[size];
        int free = size;
        BitSet seen = new BitSet(size);
        int[] path = new int[size];
        int[] edge = new int[size];
        for (int root = roots.nextSetBit(0); root >= 0; root = roots.nextSetBit(root + 1)) {
            if (seen.get(root)) {
                continue;
            }
            int depth = 0;
            path[0] = root;
            edge[root] = graph.start(root);
            seen.set(root);
            while (depth >= 0) {
                int node = path[depth];
                if (edge[node] == graph.end(node)) {
                    result[--free] = node;
                    depth--;
                    continue;
                }
                int target = graph.target(edge[node]++);
                if (!seen.get(target)) {
                    seen.set(target);
                    edge[target] = graph.start(target);
                    path[++depth] = target;
                }
            }
        }
        return Arrays.copyOfRange(result, free, size);
    }
}
