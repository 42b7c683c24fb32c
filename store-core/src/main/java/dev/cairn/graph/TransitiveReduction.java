// SPDX-License-Identifier: Apache-2.0
package dev.cairn.graph;

/**
 * Leaves out the edges that say nothing new: an edge goes when its target can also be reached the long way round. What
 * can be reached from where stays the same, and nothing more can be left out.
 *
 * <p>Edges within a circle stay, loops go. Takes a bit for each pair of components: megabytes for thousands of nodes.
 */
public final class TransitiveReduction {
    private TransitiveReduction() {}

    /** The graph without those edges. */
    public static Digraph of(Digraph graph) {
        Components components = Components.of(graph);
        Digraph condensed = condense(graph, components);
        Digraph reduced = reduce(condensed);
        Digraph.Builder result = Digraph.builder(graph.size());
        for (int node = 0; node < graph.size(); node++) {
            int from = components.of(node);
            for (int edge = graph.start(node); edge < graph.end(node); edge++) {
                int target = graph.target(edge);
                int to = components.of(target);
                if (node != target && (from == to || reduced.hasEdge(from, to))) {
                    result.edge(node, target);
                }
            }
        }
        return result.build();
    }

    private static Digraph condense(Digraph graph, Components components) {
        Digraph.Builder condensed = Digraph.builder(components.count());
        for (int node = 0; node < graph.size(); node++) {
            for (int edge = graph.start(node); edge < graph.end(node); edge++) {
                int from = components.of(node);
                int to = components.of(graph.target(edge));
                if (from != to) {
                    condensed.edge(from, to);
                }
            }
        }
        return condensed.build();
    }

    /** Reduces a graph whose edges lead from higher to lower nodes, each node's edges ascending. */
    private static Digraph reduce(Digraph graph) {
        int words = graph.size() + 63 >>> 6;
        long[][] reach = new long[graph.size()][];
        Digraph.Builder reduced = Digraph.builder(graph.size());
        for (int node = 0; node < graph.size(); node++) {
            // A node reaches only lower ones, so its row need not be longer.
            long[] reached = new long[Math.min(words, (node >>> 6) + 1)];
            // From the highest target down: whatever leads to a lower one has been seen by then.
            for (int edge = graph.end(node) - 1; edge >= graph.start(node); edge--) {
                int target = graph.target(edge);
                if ((reached[target >>> 6] >>> target & 1) == 0) {
                    reduced.edge(node, target);
                    union(reached, reach[target]);
                }
            }
            reached[node >>> 6] |= 1L << node;
            reach[node] = reached;
        }
        return reduced.build();
    }

    private static void union(long[] target, long[] other) {
        for (int i = 0; i < other.length; i++) {
            target[i] |= other[i];
        }
    }
}
