// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.error.CairnException;
import dev.cairn.graph.Digraph;
import dev.cairn.path.StorePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many of the items that were asked for need which others, directly or not. Used by one thread.
 */
final class Coverage {
    private final Map<StorePath, Integer> numbers = new HashMap<>();
    private final List<StorePath> items = new ArrayList<>();
    private final BitSet asked = new BitSet();
    private final Digraph dependents;

    /**
     * An item that is missing, and not just since something that it needs is missing, too.
     *
     * @param dependents how many of those that were asked for need it
     */
    record Gap(StorePath item, int dependents) {}

    private Coverage(Collection<StorePath> asked, ItemNeeds needs) throws CairnException {
        List<int[]> edges = new ArrayList<>();
        asked.forEach(item -> this.asked.set(number(item)));
        for (int node = 0; node < items.size(); node++) {
            for (StorePath need : needs.of(items.get(node))) {
                edges.add(new int[] {number(need), node});
            }
        }
        Digraph.Builder graph = Digraph.builder(items.size());
        edges.forEach(edge -> graph.edge(edge[0], edge[1]));
        dependents = graph.build();
    }

    /** That of some items, with all that they need as far as that is known. */
    static Coverage of(Collection<StorePath> asked, ItemNeeds needs) throws CairnException {
        return new Coverage(asked, needs);
    }

    private int number(StorePath item) {
        return numbers.computeIfAbsent(item, path -> {
            items.add(path);
            return items.size() - 1;
        });
    }

    /**
     * What is missing, that which holds up most first.
     *
     * @param missing of the items that were asked for
     * @param least dependents
     */
    List<Gap> gaps(Collection<StorePath> missing, int least) {
        Set<Integer> nodes = new HashSet<>();
        missing.forEach(item -> nodes.add(number(item)));
        BitSet heldUp = needing(nodes);
        List<Gap> gaps = new ArrayList<>();
        for (int node : nodes) {
            if (!heldUp.get(node)) {
                BitSet waiting = needing(Set.of(node));
                waiting.and(asked);
                if (waiting.cardinality() >= least) {
                    gaps.add(new Gap(items.get(node), waiting.cardinality()));
                }
            }
        }
        gaps.sort(Comparator.comparingInt(Gap::dependents)
                .reversed()
                .thenComparing(gap -> gap.item().name())
                .thenComparing(Gap::item));
        return gaps;
    }

    /** The nodes that need one of some, directly or not. */
    private BitSet needing(Collection<Integer> nodes) {
        BitSet seen = new BitSet(items.size());
        Deque<Integer> ahead = new ArrayDeque<>(nodes);
        while (!ahead.isEmpty()) {
            int node = ahead.pop();
            for (int edge = dependents.start(node); edge < dependents.end(node); edge++) {
                int next = dependents.target(edge);
                if (!seen.get(next)) {
                    seen.set(next);
                    ahead.push(next);
                }
            }
        }
        return seen;
    }
}
