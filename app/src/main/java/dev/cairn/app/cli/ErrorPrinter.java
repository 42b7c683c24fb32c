// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.packages.EditDistance;
import dev.cairn.profile.ProfileException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on standard error, once, why a command failed, and chooses the exit code. Never a stack trace. */
final class ErrorPrinter {
    private final PrintStream err;
    private final Path state;

    ErrorPrinter(PrintStream err, Path state) {
        this.err = err;
        this.state = state;
    }

    int print(Exception exception, String... arguments) {
        return switch (exception) {
            case DaemonException.Cancelled _ -> cancelled();
            case CairnException _ when Thread.interrupted() -> cancelled();
            case DaemonException.BuildFailed failed -> buildFailed(failed);
            case UsageException usage -> expected(usage, ExitCode.USAGE);
            case ProfileException.BadPattern usage -> expected(usage, ExitCode.USAGE);
            case CairnException expected -> expected(expected, ExitCode.FAILURE);
            case IOException broken when isBrokenPipe(broken) -> ExitCode.BROKEN_PIPE;
            case IOException streams -> {
                error(Texts.text("error.streams", String.valueOf(streams.getMessage())));
                yield ExitCode.FAILURE;
            }
            default -> defect(exception, List.of(arguments));
        };
    }

    int printUsage(ParameterException exception) {
        error(exception.getMessage());
        CommandLine command = exception.getCommandLine();
        if (exception instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            List<String> nearest = EditDistance.nearest(
                    unmatched.getUnmatched().getFirst(), command.getSubcommands().keySet(), 1);
            nearest.forEach(name -> hint(Texts.text("hint.did-you-mean", name)));
        }
        hint(Texts.text("hint.help", command.getCommandSpec().qualifiedName()));
        return ExitCode.USAGE;
    }

    private int expected(CairnException exception, int code) {
        error(exception.getMessage());
        exception.hint().ifPresent(this::hint);
        return code;
    }

    private int cancelled() {
        // It has been heard; what is left to do is to say so.
        Thread.interrupted();
        err.println("cairn: " + Texts.text("cancelled"));
        return ExitCode.CANCELLED;
    }

    private int buildFailed(DaemonException.BuildFailed failed) {
        error(failed.getMessage());
        if (!failed.lastLines().isEmpty()) {
            int count = failed.lastLines().size();
            err.println(count == 1 ? Texts.text("error.last-line") : Texts.text("error.last-lines", count));
            failed.lastLines().forEach(line -> err.println("  | " + Printable.line(line)));
        }
        failed.log().ifPresent(log -> hint(Texts.text("hint.log", log)));
        failed.hint().ifPresent(this::hint);
        return ExitCode.FAILURE;
    }

    int defect(Throwable exception, List<String> arguments) {
        error(Texts.text("error.defect", exception.getClass().getSimpleName()));
        hint(DefectReport.write(state, exception, arguments)
                .map(file -> Texts.text("hint.report", file))
                .orElseGet(() -> Texts.text("hint.no-report", state)));
        return ExitCode.DEFECT;
    }

    private static boolean isBrokenPipe(IOException exception) {
        return Stream.of("Broken pipe", "Stream closed").anyMatch(text -> text.equals(exception.getMessage()));
    }

    private void error(String message) {
        err.println("cairn: " + Texts.text("error", Printable.text(message)));
    }

    private void hint(String text) {
        err.println(Texts.text("hint", Printable.text(text)));
    }
}
