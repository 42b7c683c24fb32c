// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import dev.cairn.testing.InMemoryDaemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreItemGraphTest {
    @TempDir
    private Path folder;

    @Test
    void followsReferencesBothWaysAndLeavesDerivationsOut() throws IOException, CairnException {
        InMemoryDaemon daemon = new InMemoryDaemon(folder);
        StorePath base = daemon.addText("base", bytes("base"), List.of());
        StorePath program = daemon.addText("program", bytes("program"), List.of(base));
        StoreItemGraph graph = new StoreItemGraph(daemon);

        assertThat(graph.dependencies(program.toString())).containsExactly(base.toString());
        assertThat(graph.dependents(base.toString())).containsExactly(program.toString());
        assertThat(graph.dependents(program.toString())).isEmpty();
        assertThat(graph.node(base.toString()).title()).isEqualTo("base");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
