// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import dev.cairn.error.CairnException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers why one node needs another by a shortest way. */
final class WhyDepends {
    private WhyDepends() {}

    /** The nodes of a shortest way over dependencies, both ends included; empty when there is none. */
    static Optional<List<GraphNode>> shortest(GraphSource source, String from, String to) throws CairnException {
        Map<String, String> before = new HashMap<>();
        before.put(from, from);
        ArrayDeque<String> queue = new ArrayDeque<>(List.of(from));
        while (!queue.isEmpty() && !before.containsKey(to)) {
            String id = queue.remove();
            for (String next : source.dependencies(id)) {
                if (before.putIfAbsent(next, id) == null) {
                    queue.add(next);
                }
            }
        }
        if (!before.containsKey(to)) {
            return Optional.empty();
        }
        List<GraphNode> way = new ArrayList<>();
        for (String id = to; ; id = before.get(id)) {
            way.add(source.node(id));
            if (id.equals(from)) {
                return Optional.of(way.reversed());
            }
        }
    }
}
