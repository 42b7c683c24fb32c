// SPDX-License-Identifier: Apache-2.0
package dev.cairn.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Gen;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RootClassesTest {
    @Test
    void whatGoesIsWhatTheOtherRootsDoNotReach() {
        Graphs.any()
                .flatMap(graph -> Gen.integers(0, graph.size() - 1)
                        .lists(0, 6)
                        .flatMap(roots -> Gen.booleans().lists(roots.size(), roots.size()).map(removed ->
                                Map.entry(graph, new Roots(roots, removed)))))
                .check(1000, test -> check(test.getKey(), test.getValue()));
    }

    private record Roots(List<Integer> nodes, List<Boolean> removed) {}

    private static void check(Digraph graph, Roots roots) {
        long[] sizes = new long[graph.size()];
        Arrays.setAll(sizes, i -> 1L << i);
        int[] nodes = roots.nodes().stream().mapToInt(Integer::intValue).toArray();
        BitSet removed = new BitSet();
        BitSet all = new BitSet();
        BitSet kept = new BitSet();
        for (int i = 0; i < nodes.length; i++) {
            all.set(nodes[i]);
            removed.set(i, roots.removed().get(i));
            if (!roots.removed().get(i)) {
                kept.set(nodes[i]);
            }
        }
        BitSet expected = Reachability.from(graph, all);
        BitSet dead = new BitSet();
        dead.set(0, graph.size());
        dead.andNot(expected);
        expected.andNot(Reachability.from(graph, kept));

        RootClasses classes = RootClasses.of(graph, nodes, sizes);
        assertThat(classes.nodesWithout(removed)).isEqualTo(expected);
        assertThat(classes.without(removed)).isEqualTo(freed(expected));
        assertThat(classes.dead()).isEqualTo(freed(dead));
        for (int node = 0; node < graph.size(); node++) {
            int wanted = node;
            BitSet holding = new BitSet();
            IntStream.range(0, nodes.length)
                    .filter(root -> Reachability.from(graph, nodes[root]).get(wanted))
                    .forEach(holding::set);
            assertThat(classes.rootsOf(node)).isEqualTo(holding);
        }
    }

    private static RootClasses.Freed freed(BitSet nodes) {
        return new RootClasses.Freed(
                nodes.cardinality(), nodes.stream().mapToLong(i -> 1L << i).sum());
    }
}
