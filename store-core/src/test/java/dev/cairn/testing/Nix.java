// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Nix's own tools, on a store below a folder of the test, by themselves or through a daemon; tests that ask for them
 * are skipped where there are none. Nothing of the machine's own is touched.
 */
public final class Nix {
    private static final long SECONDS = 120;

    private final String store;
    private final Path home;
    private final Map<String, String> variables;

    private Nix(String store, Path home, Map<String, String> variables) {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/nix-store")),
                "Nix is not installed; with the package nix-bin this test compares with it");
        this.store = store;
        this.home = home;
        this.variables = Map.copyOf(variables);
    }

    /** The tools on the store whose {@code /nix} is in {@code root}. */
    public static Nix on(Path root) {
        return new Nix("local?root=" + root, root, Map.of());
    }

    /**
     * The tools as clients of a daemon.
     *
     * @param root where the daemon's {@code /nix} is
     * @param home for their own files
     */
    public static Nix through(Path socket, Path root, Path home) {
        return new Nix("unix://" + socket + "?root=" + root, home, Map.of());
    }

    /** The tools as clients of a daemon whose store is where its name says. @param variables that name its folders */
    public static Nix through(Path socket, Map<String, String> variables, Path home) {
        return new Nix("unix://" + socket, home, variables);
    }

    /** The store as the tools name it. */
    public String store() {
        return store;
    }

    /** How a tool ended. */
    public record Ending(int status, String output, String errors) {
        /** What it printed. */
        public List<String> lines() {
            return output.lines().toList();
        }
    }

    /** Runs a tool; it must succeed. @return the lines it prints */
    public List<String> run(String tool, String... arguments) throws IOException, InterruptedException {
        Ending ending = attempt(Path.of("/dev/null"), tool, arguments);
        assertThat(ending.status()).as(ending.errors()).isZero();
        return ending.lines();
    }

    /** Runs a tool that must fail. @return what it says of that */
    public String fail(String tool, String... arguments) throws IOException, InterruptedException {
        Ending ending = attempt(Path.of("/dev/null"), tool, arguments);
        assertThat(ending.status()).as(ending.output()).isNotZero();
        return ending.errors();
    }

    /** Runs a tool that reads a file. */
    public Ending attempt(Path input, String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/" + tool));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--store", store, "--option", "substitute", "false"));
        if (tool.equals("nix")) {
            command.addAll(1, List.of("--extra-experimental-features", "nix-command"));
        }
        Path errors = Files.createTempFile(home, "errors", ".txt");
        Path output = Files.createTempFile(home, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("NIX_"));
        builder.environment().putAll(variables);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("NIX_CONF_DIR", home.toString());
        Process process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        Ending ending = new Ending(
                process.waitFor(),
                new String(Files.readAllBytes(output), StandardCharsets.ISO_8859_1),
                Files.readString(errors));
        Files.delete(output);
        Files.delete(errors);
        return ending;
    }
}
