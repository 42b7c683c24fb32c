// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A graph written down as {@code a->b c} lines. */
final class FixedGraph implements GraphSource {
    private final Map<String, List<String>> edges = new TreeMap<>();

    FixedGraph(String... lines) {
        for (String line : lines) {
            String[] sides = line.split("->", -1);
            edges.put(sides[0], sides[1].isBlank() ? List.of() : List.of(sides[1].split(" ")));
        }
    }

    @Override
    public GraphNode node(String id) {
        return new GraphNode(id, id, "");
    }

    @Override
    public List<String> dependencies(String id) {
        return edges.getOrDefault(id, List.of());
    }

    @Override
    public List<String> dependents(String id) {
        List<String> found = new ArrayList<>();
        edges.forEach((from, to) -> {
            if (to.contains(id)) {
                found.add(from);
            }
        });
        return found;
    }
}
