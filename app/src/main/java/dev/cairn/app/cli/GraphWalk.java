// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.error.CairnException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of a graph, in the order in which Guix prints it.
 *
 * @param edges each node, with the nodes it leads to
 */
record GraphWalk<N>(SequencedMap<N, List<N>> edges) {
    /**
     * Walks from {@code starts}, a node's edges before the rest.
     *
     * @param depth nodes so far from the starts contribute no edges, farther ones are left out
     */
    static <N> GraphWalk<N> from(NodeType<N> nodes, List<N> starts, int depth) throws CairnException {
        record Step<N>(N node, int distance) {}
        Deque<Step<N>> ahead = new ArrayDeque<>();
        starts.forEach(start -> ahead.add(new Step<>(start, 0)));
        SequencedMap<N, List<N>> edges = new LinkedHashMap<>();
        while (!ahead.isEmpty()) {
            Step<N> step = ahead.pop();
            if (edges.containsKey(step.node())) {
                continue;
            }
            List<N> next = step.distance() < depth ? nodes.edges(step.node()) : List.of();
            edges.put(step.node(), next);
            for (N node : next.reversed()) {
                ahead.push(new Step<>(node, step.distance() + 1));
            }
        }
        return new GraphWalk<>(edges);
    }

    /** The nodes of a shortest path between two sets of nodes. */
    static <N> Optional<List<N>> shortestPath(NodeType<N> nodes, List<N> from, List<N> to) throws CairnException {
        Set<N> targets = new HashSet<>(to);
        Map<N, @Nullable N> cameFrom = new HashMap<>();
        Deque<N> ahead = new ArrayDeque<>();
        for (N start : from) {
            cameFrom.put(start, null);
            ahead.add(start);
        }
        while (!ahead.isEmpty()) {
            N node = ahead.remove();
            if (targets.contains(node)) {
                List<N> path = new ArrayList<>();
                for (N step = node; step != null; step = cameFrom.get(step)) {
                    path.add(step);
                }
                Collections.reverse(path);
                return Optional.of(path);
            }
            for (N next : nodes.edges(node)) {
                if (!cameFrom.containsKey(next)) {
                    cameFrom.put(next, node);
                    ahead.add(next);
                }
            }
        }
        return Optional.empty();
    }
}
