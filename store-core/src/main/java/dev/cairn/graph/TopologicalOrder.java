// SPDX-License-Identifier: Apache-2.0
package dev.cairn.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Orders nodes so that what an edge leads to comes first. Loops (an item that refers to itself) are ignored. */
public sealed interface TopologicalOrder {
    /**
     * There is such an order.
     *
     * @param nodes all nodes, the target of every edge before its source
     */
    record Sorted(List<Integer> nodes) implements TopologicalOrder {}

    /**
     * There is none, because some nodes lead to themselves through others.
     *
     * @param nodes two or more, each with an edge to the next and the last with one to the first
     */
    record Circle(List<Integer> nodes) implements TopologicalOrder {}

    static TopologicalOrder of(Digraph graph) {
        Components components = Components.of(graph);
        int[] sizes = components.sizes();
        int[] nodes = components.nodes();
        List<Integer> sorted = new ArrayList<>(nodes.length);
        for (int node : nodes) {
            if (sizes[components.of(node)] > 1) {
                return new Circle(circle(graph, components, node));
            }
            sorted.add(node);
        }
        return new Sorted(sorted);
    }

    /** A shortest way from {@code node} back to itself within its component. */
    private static List<Integer> circle(Digraph graph, Components components, int node) {
        BitSet start = new BitSet();
        for (int edge = graph.start(node); edge < graph.end(node); edge++) {
            int target = graph.target(edge);
            if (target != node && components.of(target) == components.of(node)) {
                start.set(target);
            }
        }
        List<Integer> back = Reachability.shortestPath(graph, start, node);
        List<Integer> circle = new ArrayList<>(back.size());
        circle.add(node);
        circle.addAll(back.subList(0, back.size() - 1));
        return circle;
    }
}
