// SPDX-License-Identifier: Apache-2.0
package dev.cairn.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class DominatorsTest {
    @Test
    void sharedNodesBelongToWhereTheWaysPart() {
        Digraph diamond =
                Digraph.builder(5).edge(0, 1).edge(0, 2).edge(1, 3).edge(2, 3).edge(3, 4).build();
        Dominators dominators = Dominators.of(diamond, Graphs.set(0));
        assertThat(dominators.immediate(0)).isEqualTo(Dominators.NONE);
        assertThat(dominators.immediate(3)).isEqualTo(0);
        assertThat(dominators.immediate(4)).isEqualTo(3);
        assertThat(dominators.exclusiveSizes(new long[] {1, 10, 100, 1000, 10_000}))
                .containsExactly(11_111, 10, 100, 11_000, 10_000);
    }

    @Test
    void exclusiveSizesAreWhatGoesWithANode() {
        Graphs.any().check(graph -> {
            long[] sizes = new long[graph.size()];
            Arrays.setAll(sizes, i -> 1L << i);
            BitSet roots = Graphs.set(0, graph.size() - 1);
            BitSet reached = Reachability.from(graph, roots);
            long[] exclusive = Dominators.of(graph, roots).exclusiveSizes(sizes);
            for (int node = 0; node < graph.size(); node++) {
                BitSet others = (BitSet) roots.clone();
                others.clear(node);
                BitSet rest = Reachability.from(Graphs.without(graph, node), others);
                rest.clear(node);
                BitSet gone = (BitSet) reached.clone();
                gone.andNot(rest);
                long expected = reached.get(node) ? gone.stream().mapToLong(i -> sizes[i]).sum() : 0;
                assertThat(exclusive[node]).as("node %d of %s", node, graph).isEqualTo(expected);
            }
        });
    }
}
