// SPDX-License-Identifier: Apache-2.0
package dev.cairn.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** Which nodes can be reached from which, and how. */
public final class Reachability {
    private Reachability() {}

    /** The nodes that can be reached from {@code roots}, the roots included: marking from garbage collector roots. */
    public static BitSet from(Digraph graph, BitSet roots) {
        BitSet reached = (BitSet) roots.clone();
        int[] stack = new int[graph.size()];
        int depth = 0;
        for (int root = roots.nextSetBit(0); root >= 0; root = roots.nextSetBit(root + 1)) {
            stack[depth++] = root;
        }
        while (depth > 0) {
            int node = stack[--depth];
            for (int edge = graph.start(node); edge < graph.end(node); edge++) {
                int target = graph.target(edge);
                if (!reached.get(target)) {
                    reached.set(target);
                    stack[depth++] = target;
                }
            }
        }
        return reached;
    }

    /** The nodes that can be reached from one node, itself included. */
    public static BitSet from(Digraph graph, int root) {
        BitSet roots = new BitSet(graph.size());
        roots.set(root);
        return from(graph, roots);
    }

    /**
     * A shortest way from any of {@code roots} to {@code destination}, both ends included; empty when there is none.
     * The same one for the same input.
     */
    public static List<Integer> shortestPath(Digraph graph, BitSet roots, int destination) {
        int[] previous = new int[graph.size()];
        Arrays.fill(previous, -1);
        Deque<Integer> queue = new ArrayDeque<>();
        for (int root = roots.nextSetBit(0); root >= 0; root = roots.nextSetBit(root + 1)) {
            previous[root] = root;
            queue.add(root);
        }
        while (!queue.isEmpty() && previous[destination] < 0) {
            int node = queue.remove();
            for (int edge = graph.start(node); edge < graph.end(node); edge++) {
                int target = graph.target(edge);
                if (previous[target] < 0) {
                    previous[target] = node;
                    queue.add(target);
                }
            }
        }
        List<Integer> path = new ArrayList<>();
        if (previous[destination] >= 0) {
            int node = destination;
            path.add(node);
            while (previous[node] != node) {
                node = previous[node];
                path.add(node);
            }
            Collections.reverse(path);
        }
        return path;
    }
}
