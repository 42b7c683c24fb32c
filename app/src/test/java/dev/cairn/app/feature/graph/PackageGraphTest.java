// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.fake.FakeCatalog;
import org.junit.jupiter.api.Test;

class PackageGraphTest {
    private final FakeCatalog catalog = new FakeCatalog().add("lib", "2", "A library").add("lib", "1", "A library");
    private final PackageGraph graph = new PackageGraph(catalog, false);

    private void addDependents(int count) {
        for (int i = 0; i < count; i++) {
            catalog.add("tool-" + i, "1", "A tool", "lib");
        }
    }

    @Test
    void asksDependentsWhichVersionTheyMean() throws Exception {
        addDependents(3);

        assertThat(graph.dependents("cairn/lib@2")).hasSize(3);
        assertThat(graph.dependents("cairn/lib@1")).isEmpty();
    }

    @Test
    void doesNotAskThemAllWhereTheyAreMany() throws Exception {
        addDependents(PackageGraph.ASKED_AT_MOST + 1);

        assertThat(graph.dependents("cairn/lib@2")).hasSize(PackageGraph.ASKED_AT_MOST + 1);
        assertThat(graph.dependents("cairn/lib@1")).hasSize(PackageGraph.ASKED_AT_MOST + 1);
    }

    @Test
    void leavesOutWhatNoChannelHas() throws Exception {
        catalog.add("tool", "1", "A tool", "lib", "gone");

        assertThat(graph.dependencies("cairn/tool@1")).containsExactly("cairn/lib@2");
    }
}
