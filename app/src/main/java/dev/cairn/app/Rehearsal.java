// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.app.cli.CommandLineProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A short run through what people do, on a throw-away store, from which the JVM learns for its start-up cache (JEP
 * 514). The launcher runs it once after a build; nothing depends on how far it gets.
 */
public final class Rehearsal {
    private static final List<List<String>> COMMANDS = List.of(List.of("--help"), List.of("--version"));

    private Rehearsal() {}

    /** @param arguments {@code cli} or {@code window} */
    public static void main(String[] arguments) throws IOException {
        Path home = Files.createTempDirectory("cairn-rehearsal");
        Map<String, String> environment =
                Map.of("HOME", home.toString(), "USER", "cairn", "PATH", System.getenv("PATH"));
        for (List<String> command : COMMANDS) {
            CommandLineProgram.onStandardStreams(environment).run(command.toArray(String[]::new));
        }
        System.exit(0);
    }
}
