// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.cli.CommandLineProgram;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.PathInfo;
import dev.cairn.store.LocalStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rehearsal that fetched nothing would leave the start-up caches without what fetching needs. */
class RehearsalCacheTest {
    private final List<Integer> codes = new ArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void fetchesAClosureAndInstalls(@TempDir Path folder) throws Exception {
        Map<String, String> environment = Map.of("HOME", folder.toString(), "USER", "user");
        RehearsalCache.Fetched fetched = new RehearsalCache(folder, command -> run(environment, command)).run();
        assertThat(codes).as(said.toString()).containsOnly(0);
        try (Daemon daemon = LocalStore.open(fetched.store())) {
            assertThat(daemon.requisites(fetched.items()).stream().map(PathInfo::path))
                    .containsAll(fetched.items())
                    .hasSize(55);
        }
    }

    private void run(Map<String, String> environment, List<String> command) {
        codes.add(CommandLineProgram.on(
                        environment,
                        new ByteArrayInputStream(new byte[0]),
                        OutputStream.nullOutputStream(),
                        new PrintStream(said, true),
                        choices -> Workspace.of(environment, choices))
                .run(command.toArray(String[]::new)));
    }
}
