// SPDX-License-Identifier: Apache-2.0
package dev.cairn.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TransitiveReductionTest {
    @Test
    void dropsTheShortCut() {
        Digraph graph = Digraph.builder(3).edge(0, 1).edge(1, 2).edge(0, 2).edge(2, 2).build();
        Digraph reduced = TransitiveReduction.of(graph);
        assertThat(reduced.edges()).isEqualTo(2);
        assertThat(reduced.hasEdge(0, 2)).isFalse();
    }

    @Test
    void keepsWhatCanBeReached() {
        Graphs.any()
                .check(graph -> assertThat(Graphs.closure(TransitiveReduction.of(graph)))
                        .isEqualTo(Graphs.closure(graph)));
    }

    @Test
    void leavesNothingThatCouldBeLeftOut() {
        Graphs.acyclic().check(graph -> {
            boolean[][] closure = Graphs.closure(graph);
            Digraph reduced = TransitiveReduction.of(graph);
            for (int node = 0; node < graph.size(); node++) {
                for (int target : graph.targets(node)) {
                    boolean longer = false;
                    for (int via = 0; via < graph.size(); via++) {
                        longer |= via != node && via != target && closure[node][via] && closure[via][target];
                    }
                    assertThat(reduced.hasEdge(node, target)).isEqualTo(!longer);
                }
            }
        });
    }

    @Test
    void takesThousandsOfNodes() {
        Random random = new Random(1);
        Digraph.Builder builder = Digraph.builder(3000);
        for (int i = 0; i < 100_000; i++) {
            int a = random.nextInt(3000);
            int b = random.nextInt(3000);
            if (a != b) {
                builder.edge(Math.min(a, b), Math.max(a, b));
            }
        }
        Digraph graph = builder.build();
        Digraph reduced = TransitiveReduction.of(graph);
        assertThat(reduced.edges()).isLessThan(graph.edges());
        assertThat(Reachability.from(reduced, 0)).isEqualTo(Reachability.from(graph, 0));
    }
}
