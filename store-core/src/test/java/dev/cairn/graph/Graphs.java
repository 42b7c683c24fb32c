// SPDX-License-Identifier: Apache-2.0
package dev.cairn.graph;

import dev.cairn.testing.Gen;
import java.util.BitSet;
import java.util.List;

/** Arbitrary graphs, and slow obvious answers to compare with. */
final class Graphs {
    private Graphs() {}

    /** Graphs of up to 14 nodes, loops and circles included. */
    static Gen<Digraph> any() {
        return Gen.integers(1, 14).flatMap(size -> edges(size, size - 1, false));
    }

    /** Graphs of up to 14 nodes whose edges lead to higher nodes. */
    static Gen<Digraph> acyclic() {
        return Gen.integers(1, 14).flatMap(size -> edges(size, size - 1, true));
    }

    private static Gen<Digraph> edges(int size, int last, boolean upwards) {
        Gen<List<Integer>> ends = Gen.integers(0, last).lists(2, 2);
        return ends.lists(0, 2 * size).map(list -> {
            Digraph.Builder builder = Digraph.builder(size);
            for (List<Integer> edge : list) {
                int from = edge.getFirst();
                int to = edge.getLast();
                if (!upwards) {
                    builder.edge(from, to);
                } else if (from != to) {
                    builder.edge(Math.min(from, to), Math.max(from, to));
                }
            }
            return builder.build();
        });
    }

    /** For each pair whether an edge leads from the first to the second. */
    static boolean[][] matrix(Digraph graph) {
        boolean[][] matrix = new boolean[graph.size()][graph.size()];
        for (int node = 0; node < graph.size(); node++) {
            for (int target : graph.targets(node)) {
                matrix[node][target] = true;
            }
        }
        return matrix;
    }

    /** For each pair whether the second can be reached from the first; every node reaches itself. */
    static boolean[][] closure(Digraph graph) {
        boolean[][] reach = matrix(graph);
        int size = graph.size();
        for (int i = 0; i < size; i++) {
            reach[i][i] = true;
        }
        for (int via = 0; via < size; via++) {
            for (int from = 0; from < size; from++) {
                for (int to = 0; to < size; to++) {
                    reach[from][to] |= reach[from][via] && reach[via][to];
                }
            }
        }
        return reach;
    }

    /** The graph without one node's edges. */
    static Digraph without(Digraph graph, int removed) {
        Digraph.Builder builder = Digraph.builder(graph.size());
        for (int node = 0; node < graph.size(); node++) {
            for (int target : graph.targets(node)) {
                if (node != removed && target != removed) {
                    builder.edge(node, target);
                }
            }
        }
        return builder.build();
    }

    static BitSet set(int... members) {
        BitSet set = new BitSet();
        for (int member : members) {
            set.set(member);
        }
        return set;
    }
}
