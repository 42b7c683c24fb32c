// SPDX-License-Identifier: Apache-2.0
package dev.cairn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LayeredLayoutTest {
    @Test
    void edgesLeadDownAndNeighboursKeepTheirDistance() {
        Graphs.acyclic().check(graph -> {
            LayeredLayout layout = LayeredLayout.of(graph);
            for (int node = 0; node < graph.size(); node++) {
                for (int target : graph.targets(node)) {
                    assertThat(layout.layers()[target]).isGreaterThan(layout.layers()[node]);
                }
            }
            for (int[] layer : layout.nodesOfLayer()) {
                for (int i = 0; i + 1 < layer.length; i++) {
                    assertThat(layout.x()[layer[i + 1]] - layout.x()[layer[i]]).isGreaterThan(1 - 1e-9);
                }
            }
            assertThat(Arrays.stream(layout.x()).min().orElseThrow()).isEqualTo(0.0, within(1e-9));
        });
    }

    @Test
    void everyNodeHasAPlaceEvenInCircles() {
        Graphs.any().check(graph -> {
            LayeredLayout layout = LayeredLayout.of(graph);
            assertThat(layout.nodesOfLayer().stream().mapToInt(layer -> layer.length).sum()).isEqualTo(graph.size());
            assertThat(layout.x()).hasSize(graph.size()).doesNotContain(Double.NaN);
        });
    }

    @Test
    void untanglesCrossedEdges() {
        Digraph crossed =
                Digraph.builder(6).edge(0, 5).edge(1, 4).edge(2, 3).build();
        LayeredLayout layout = LayeredLayout.of(crossed);
        double[] x = layout.x();
        assertThat(x[0] < x[1]).isEqualTo(x[5] < x[4]);
        assertThat(x[1] < x[2]).isEqualTo(x[4] < x[3]);
    }

    @Test
    void aParentStandsAboveTheMiddleOfItsChildren() {
        LayeredLayout layout =
                LayeredLayout.of(Digraph.builder(4).edge(0, 1).edge(0, 2).edge(0, 3).build());
        assertThat(layout.x()[0]).isEqualTo(layout.x()[layout.nodesOfLayer().get(1)[1]], within(1e-9));
        assertThat(layout.width()).isEqualTo(2.0, within(1e-9));
    }

    @Test
    void nothingIsLaidOutToo() {
        assertThat(LayeredLayout.of(Digraph.builder(0).build()).depth()).isZero();
    }
}
