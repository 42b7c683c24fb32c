// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.error.CairnException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeighbourhoodTest {
    private static GraphPicture.Placed placed(GraphPicture picture, String id) {
        return picture.find(id).orElseThrow();
    }

    private static List<String> ids(GraphPicture picture) {
        return picture.nodes().stream().map(node -> node.node().id()).sorted().toList();
    }

    @Test
    void putsDependentsLeftAndDependenciesRight() throws CairnException {
        GraphPicture picture = Neighbourhood.of(new FixedGraph("app->lib", "lib->base", "base->"), "lib", 1, 60);

        assertThat(placed(picture, "app").column()).isEqualTo(-1);
        assertThat(placed(picture, "lib").column()).isZero();
        assertThat(placed(picture, "base").column()).isEqualTo(1);
        assertThat(picture.edges())
                .containsExactlyInAnyOrder(
                        new GraphPicture.Edge("app", "lib"), new GraphPicture.Edge("lib", "base"));
    }

    @Test
    void showsOnlyWhatIsWithinTheDepth() throws CairnException {
        FixedGraph chain = new FixedGraph("a->b", "b->c", "c->d", "d->");

        assertThat(ids(Neighbourhood.of(chain, "b", 1, 60))).containsExactly("a", "b", "c");
        assertThat(ids(Neighbourhood.of(chain, "b", 2, 60))).containsExactly("a", "b", "c", "d");
    }

    @Test
    void hidesEdgesThatALongerWayStandsInFor() throws CairnException {
        GraphPicture picture = Neighbourhood.of(new FixedGraph("a->b c", "b->c", "c->"), "a", 2, 60);

        assertThat(picture.edges())
                .containsExactlyInAnyOrder(new GraphPicture.Edge("a", "b"), new GraphPicture.Edge("b", "c"));
        assertThat(placed(picture, "c").column()).isEqualTo(2);
    }

    @Test
    void keepsToTheLimitAndCountsWhatFoundNoRoom() throws CairnException {
        String[] lines = IntStream.range(0, 100).mapToObj(i -> "user" + i + "->hub").toArray(String[]::new);

        GraphPicture picture = Neighbourhood.of(new FixedGraph(lines), "hub", 1, 60);

        assertThat(picture.nodes()).hasSize(60);
        assertThat(picture.hiddenDependents()).isEqualTo(41);
        assertThat(picture.hiddenDependencies()).isZero();
        assertThat(placed(picture, "hub").dependents()).isEqualTo(100);
    }

    @Test
    void drawsCyclesToo() throws CairnException {
        GraphPicture picture = Neighbourhood.of(new FixedGraph("a->b", "b->c", "c->a"), "a", 5, 60);

        assertThat(ids(picture)).containsExactly("a", "b", "c");
        assertThat(picture.edges()).hasSize(3);
    }

    @Test
    void boxesNeverOverlap() throws CairnException {
        GraphPicture picture = Neighbourhood.of(
                new FixedGraph("x->f", "y->f", "f->a b c d", "a->e", "b->e", "c->e", "d->", "e->"), "f", 5, 60);

        for (GraphPicture.Placed one : picture.nodes()) {
            for (GraphPicture.Placed other : picture.nodes()) {
                if (one != other) {
                    boolean apart = Math.abs(one.x() - other.x()) >= GraphPicture.NODE_WIDTH
                            || Math.abs(one.y() - other.y()) >= picture.nodeHeight();
                    assertThat(apart).as("%s and %s", one, other).isTrue();
                }
            }
        }
    }

    @Test
    void findsTheShortestWay() throws CairnException {
        FixedGraph graph = new FixedGraph("a->b c", "b->d", "c->e", "e->d", "d->");

        assertThat(WhyDepends.shortest(graph, "a", "d").orElseThrow())
                .extracting(GraphNode::id)
                .containsExactly("a", "b", "d");
        assertThat(WhyDepends.shortest(graph, "d", "a")).isEmpty();
    }
}
