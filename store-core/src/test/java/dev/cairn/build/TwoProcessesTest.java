// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.fs.FileTrees;
import dev.cairn.testing.Namespaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoProcessesTest {
    @Test
    void buildOnceWhatBothWant(@TempDir Path folder) throws Exception {
        Namespaces.assumeUsable();
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(start(folder.resolve("root"), "shared", "sleep 1; echo done > $out"));
        }
        StringBuilder printed = new StringBuilder();
        for (Process process : processes) {
            printed.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            process.waitFor();
        }
        assertThat(printed.toString().lines())
                .containsExactlyInAnyOrder("ready", "valid true", "built 1", "ready", "valid true", "built 0");
    }

    @Test
    void leaveNoBuilderBehindWhenKilled(@TempDir Path folder) throws Exception {
        Namespaces.assumeUsable();
        Path root = folder.resolve("root");
        String name = RunningBuilders.own("killed");
        String nap = RunningBuilders.nap(7654);
        try {
            Process process = start(root, name, "mkdir $out; " + nap);
            awaitBuilder(process, nap);
            process.destroyForcibly().waitFor();
            RunningBuilders.assertEnds(nap);
            Process next = start(root, name, "mkdir $out; " + nap);
            try {
                // Locks and folders of the killed process are in nobody's way.
                awaitBuilder(next, nap);
            } finally {
                next.destroyForcibly().waitFor();
                RunningBuilders.assertEnds(nap);
            }
        } finally {
            for (Path left : RunningBuilders.folders(name)) {
                FileTrees.delete(left);
            }
        }
    }

    private static void awaitBuilder(Process process, String nap) throws InterruptedException {
        while (RunningBuilders.processes(nap) == 0) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(20);
        }
    }

    private static Process start(Path root, String name, String script) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp", System.getProperty("java.class.path"),
                        BuildingProcess.class.getName(), root.toString(), name, script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
