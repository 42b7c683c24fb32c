// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.app.Choices;
import dev.cairn.app.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandLineProgramTest {
    @TempDir
    private Path home = Path.of("/");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(OutputStream stream, Function<Choices, Workspace> workspaces, String... arguments) {
        return CommandLineProgram.on(
                        Map.of("HOME", home.toString(), "USER", "tester"),
                        InputStream.nullInputStream(),
                        stream,
                        err,
                        workspaces)
                .run(arguments);
    }

    private int run(String... arguments) {
        return run(out, choices -> Workspace.of(Map.of("HOME", home.toString(), "USER", "tester"), choices), arguments);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    static Stream<String> commands() {
        return Commands.neededFor().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpInWords(String command) {
        assertThat(run(command, "--help")).isZero();

        String help = out.toString(StandardCharsets.UTF_8);
        assertThat(help).contains("Usage: cairn " + command).contains("--help").contains("--store-root");
        assertThat(said()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionIsExplained(String command) {
        // Below the program's name, as keys of texts are looked for by the names of all commands above.
        CommandLine program = new CommandLine(CommandLine.Model.CommandSpec.create().name("cairn"));
        program.addSubcommand(command, Commands.neededFor(command).get(command).get());
        program.setResourceBundle(Texts.BUNDLE);
        assertExplained(program.getSubcommands().get(command).getCommandSpec());
    }

    private static void assertExplained(CommandLine.Model.CommandSpec command) {
        assertThat(command.args())
                .filteredOn(argument -> !argument.hidden())
                .allSatisfy(argument -> assertThat(argument.description())
                        .as(command.qualifiedName() + " " + argument)
                        .isNotEmpty());
        command.subcommands().values().forEach(each -> assertExplained(each.getCommandSpec()));
    }

    @Test
    void helpListsAllCommands() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).contains(commands().toList());
    }

    @Test
    void mistypedCommandGetsTheNearestOne() {
        assertThat(run("instal", "hello")).isEqualTo(ExitCode.USAGE);

        assertThat(said()).contains("hint: Did you mean install?");
    }

    @Test
    void defectIsReportedInAFileAndNotOnTheScreen() throws IOException {
        int code = run(
                out,
                _ -> {
                    throw new IllegalStateException("a defect");
                },
                "list");

        assertThat(code).isEqualTo(ExitCode.DEFECT);
        assertThat(said()).contains("IllegalStateException").doesNotContain("\tat ");
        try (Stream<Path> reports = Files.list(home.resolve(".local/state/cairn/reports"))) {
            assertThat(reports.findFirst().orElseThrow()).content().contains("a defect").contains("\tat ");
        }
    }

    @Test
    void readerThatWentAwayEndsItQuietly() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThat(run(closed, choices -> Workspace.of(Map.of("HOME", home.toString()), choices), "list", "--json"))
                .isEqualTo(ExitCode.BROKEN_PIPE);
        assertThat(said()).isEmpty();
    }

    @Test
    void outputThatCannotBeWrittenIsAnError() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        assertThat(run(full, choices -> Workspace.of(Map.of("HOME", home.toString()), choices), "list", "--json"))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(said()).contains("No space left on device");
    }

    @Test
    void interruptionIsNotAFailure() {
        Thread.currentThread().interrupt();

        assertThat(run("roll-back")).isEqualTo(ExitCode.CANCELLED);
        assertThat(said()).isEqualTo("cairn: cancelled\n");
        assertThat(Thread.interrupted()).isFalse();
    }
}
