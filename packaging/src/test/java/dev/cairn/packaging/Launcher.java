// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts the launcher in a home of its own, as a process, and keeps what it said. */
final class Launcher {
    private static final long PATIENCE_SECONDS = 120;

    private final Path program;
    private final Path home;
    private Path folder;
    private final List<Consumer<Map<String, String>>> environment = new ArrayList<>();

    private Launcher(Path program, Path home) {
        this.program = program;
        this.home = home;
        this.folder = home;
    }

    /** The one of this source tree. */
    static Launcher in(Path home) {
        return new Launcher(root().resolve("cairn"), home);
    }

    static Path root() {
        return Path.of(System.getProperty("cairn.root", "..")).toAbsolutePath().normalize();
    }

    /** The same, started by another name. */
    Launcher as(Path other) {
        Launcher copy = new Launcher(other, home);
        copy.folder = folder;
        copy.environment.addAll(environment);
        return copy;
    }

    /** The same, started in another folder. */
    Launcher from(Path other) {
        Launcher copy = as(program);
        copy.folder = other;
        return copy;
    }

    /** The same, with other variables. */
    Launcher with(Consumer<Map<String, String>> change) {
        Launcher copy = as(program);
        copy.environment.add(change);
        return copy;
    }

    Path store() {
        return home.resolve(".local/share/cairn");
    }

    /**
     * What a run came to.
     *
     * @param out standard output
     * @param err standard error
     */
    record Result(int exit, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }

        List<String> lines() {
            return out.lines().toList();
        }
    }

    Result run(String... arguments) {
        return runWithInput("", arguments);
    }

    Result runWithInput(String input, String... arguments) {
        try {
            Path in = Files.writeString(Files.createTempFile(home, "in", ""), input);
            Path out = Files.createTempFile(home, "out", "");
            Path err = Files.createTempFile(home, "err", "");
            Process process = builder(arguments)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("cairn " + Arrays.toString(arguments) + " does not end:\n" + text(err));
            }
            Result result = new Result(process.exitValue(), text(out), text(err));
            for (Path file : List.of(in, out, err)) {
                Files.delete(file);
            }
            return result;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("XDG_") || name.startsWith("CAIRN_"));
        variables.remove("DISPLAY");
        variables.remove("WAYLAND_DISPLAY");
        variables.put("HOME", home.toString());
        variables.put("USER", "tester");
        // The build runs these tests: what it has built is what they are about.
        variables.put("CAIRN_SKIP_BUILD", "1");
        environment.forEach(change -> change.accept(variables));
        return builder;
    }
}
