// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Choices;
import dev.cairn.app.Installation;
import dev.cairn.app.Workspace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** Runs of the command line in this process, for one user on one machine, and what the last of them said. */
final class CommandRuns {
    private final Map<String, String> environment;
    private final Function<Choices, Workspace> workspaces;
    private String out = "";
    private String err = "";

    /** @param machine the root of the machine's files */
    CommandRuns(Path home, Installation installation, Path machine) {
        environment = Map.of("HOME", home.toString(), "USER", "tester");
        workspaces = choices -> Workspace.of(environment, choices, installation, machine);
    }

    /** @return the exit code */
    int run(String... arguments) {
        return run(InputStream.nullInputStream(), arguments);
    }

    private int run(InputStream in, String... arguments) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = CommandLineProgram.on(environment, in, answer, said, workspaces)
                .run(arguments);
        out = answer.toString(StandardCharsets.UTF_8);
        err = said.toString(StandardCharsets.UTF_8);
        return code;
    }

    /** Runs what has to go well. */
    void must(String... arguments) {
        assertThat(run(arguments)).as(String.join(" ", arguments) + "\n" + out + err).isZero();
    }

    /** The same. @param input what is on standard input */
    void must(byte[] input, String... arguments) {
        assertThat(run(new ByteArrayInputStream(input), arguments))
                .as(String.join(" ", arguments) + out + err)
                .isZero();
    }

    String out() {
        return out;
    }

    String err() {
        return err;
    }
}
