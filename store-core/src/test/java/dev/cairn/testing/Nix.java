// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Nix's own tools, on a store below a folder of the test; tests that ask for them are skipped where there are none. */
public final class Nix {
    private static final long SECONDS = 60;

    private final Path root;

    private Nix(Path root) {
        this.root = root;
    }

    /** The tools on the store whose {@code /nix} is in {@code root}; nothing of the machine's own is touched. */
    public static Nix on(Path root) {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/nix-store")),
                "Nix is not installed; with the package nix-bin this test compares with it");
        return new Nix(root);
    }

    /** Runs a tool; it must succeed. @return the lines it prints */
    public List<String> run(String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/" + tool, "--store", "local?root=" + root));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(false);
        Path errors = Files.createTempFile(root, "errors", ".txt");
        builder.redirectError(errors.toFile());
        builder.environment().put("HOME", root.toString());
        builder.environment().put("NIX_CONF_DIR", root.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("NIX_") && !name.equals("NIX_CONF_DIR"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        Files.delete(errors);
        return output.lines().toList();
    }
}
