// SPDX-License-Identifier: Apache-2.0
package dev.cairn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigraphTest {
    private final Digraph diamond =
            Digraph.builder(5).edge(0, 1).edge(0, 2).edge(1, 3).edge(2, 3).edge(2, 3).build();

    @Test
    void keepsEdgesOnceAndSorted() {
        assertThat(diamond.edges()).isEqualTo(4);
        assertThat(diamond.targets(0)).containsExactly(1, 2);
        assertThat(diamond.hasEdge(2, 3)).isTrue();
        assertThat(diamond.hasEdge(3, 2)).isFalse();
        assertThat(diamond.targets(4)).isEmpty();
    }

    @Test
    void rejectsArraysThatAreNoGraph() {
        assertThatThrownBy(() -> Digraph.of(new int[] {0, 2}, new int[] {0}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Digraph.of(new int[] {0, 1}, new int[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Digraph.of(new int[] {0, 2, 1, 2}, new int[] {0, 1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Digraph.builder(2).edge(0, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reversingTurnsEveryEdgeRound() {
        Graphs.any().check(graph -> {
            boolean[][] forward = Graphs.matrix(graph);
            boolean[][] backward = Graphs.matrix(graph.reverse());
            for (int i = 0; i < graph.size(); i++) {
                for (int j = 0; j < graph.size(); j++) {
                    assertThat(backward[j][i]).isEqualTo(forward[i][j]);
                }
            }
        });
    }

    @Test
    void reachesWhatTheClosureHas() {
        Graphs.any().check(graph -> {
            boolean[][] closure = Graphs.closure(graph);
            for (int root = 0; root < graph.size(); root++) {
                BitSet reached = Reachability.from(graph, root);
                for (int node = 0; node < graph.size(); node++) {
                    assertThat(reached.get(node)).isEqualTo(closure[root][node]);
                }
            }
        });
    }

    @Test
    void findsShortestPaths() {
        assertThat(Reachability.shortestPath(diamond, Graphs.set(0), 3)).containsExactly(0, 1, 3);
        assertThat(Reachability.shortestPath(diamond, Graphs.set(0, 2), 3)).containsExactly(2, 3);
        assertThat(Reachability.shortestPath(diamond, Graphs.set(3), 3)).containsExactly(3);
        assertThat(Reachability.shortestPath(diamond, Graphs.set(3), 0)).isEmpty();
    }

    @Test
    void pathsAreWaysAndThereIsOneExactlyWhereSomethingIsReached() {
        Graphs.any().check(graph -> {
            boolean[][] closure = Graphs.closure(graph);
            for (int to = 0; to < graph.size(); to++) {
                List<Integer> path = Reachability.shortestPath(graph, Graphs.set(0), to);
                assertThat(path.isEmpty()).isEqualTo(!closure[0][to]);
                for (int i = 0; i + 1 < path.size(); i++) {
                    assertThat(graph.hasEdge(path.get(i), path.get(i + 1))).isTrue();
                }
                assertThat(path).doesNotHaveDuplicates();
            }
        });
    }

    @Test
    void componentsAreWhatReachesEachOther() {
        Graphs.any().check(graph -> {
            boolean[][] closure = Graphs.closure(graph);
            Components components = Components.of(graph);
            for (int i = 0; i < graph.size(); i++) {
                for (int j = 0; j < graph.size(); j++) {
                    boolean together = closure[i][j] && closure[j][i];
                    assertThat(components.of(i) == components.of(j)).isEqualTo(together);
                    if (closure[i][j] && !together) {
                        assertThat(components.of(i)).isGreaterThan(components.of(j));
                    }
                }
            }
            assertThat(Arrays.stream(components.sizes()).sum()).isEqualTo(graph.size());
        });
    }

    @Test
    void depthIsNoLimit() {
        int size = 300_000;
        Digraph.Builder builder = Digraph.builder(size);
        for (int i = 0; i + 1 < size; i++) {
            builder.edge(i, i + 1);
        }
        Digraph chain = builder.build();
        assertThat(Components.of(chain).count()).isEqualTo(size);
        assertThat(Reachability.from(chain, 0).cardinality()).isEqualTo(size);
    }
}
