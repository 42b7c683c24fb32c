// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.fs.FileTrees;
import dev.cairn.testing.Namespaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
        Process process = start(root, "killed", "mkdir $out; sleep 7654");
        while (builders("sleep 7654") == 0) {
            Thread.sleep(20);
        }
        process.destroyForcibly().waitFor();
        while (builders("sleep 7654") > 0) {
            Thread.sleep(20);
        }
        Process next = start(root, "killed", "mkdir $out; sleep 7654");
        try {
            // Locks and folders of the killed process are in nobody's way.
            while (builders("sleep 7654") == 0) {
                assertThat(next.isAlive()).isTrue();
                Thread.sleep(20);
            }
        } finally {
            next.destroyForcibly().waitFor();
            for (Path left : folders()) {
                FileTrees.delete(left);
            }
        }
    }

    private static List<Path> folders() throws IOException {
        try (var entries = Files.list(Path.of(System.getenv().getOrDefault("TMPDIR", "/tmp")))) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("guix-build-killed.drv-"))
                    .toList();
        }
    }

    private static long builders(String command) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").endsWith(command))
                .count();
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
