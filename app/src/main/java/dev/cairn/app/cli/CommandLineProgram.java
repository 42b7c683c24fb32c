// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Choices;
import dev.cairn.app.Folders;
import dev.cairn.app.Workspace;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;

/** The program {@code cairn} as a function from arguments to an exit code. */
public final class CommandLineProgram {
    private static final Set<String> SERVERS = Set.of("daemon", "publish");

    private final Session session;
    private final ErrorPrinter errors;

    private CommandLineProgram(Session session) {
        this.session = session;
        this.errors = new ErrorPrinter(session.err(), Folders.of(session.environment()).state());
    }

    /** The program as started from a shell. */
    public static CommandLineProgram onStandardStreams(Map<String, String> environment) {
        return new CommandLineProgram(new Session(
                environment,
                System.in,
                new Output(new FileOutputStream(FileDescriptor.out)),
                System.err,
                Screen.ofStandardError(environment),
                choices -> Workspace.of(environment, choices)));
    }

    /** The program with everything it touches given. */
    public static CommandLineProgram on(
            Map<String, String> environment,
            InputStream in,
            OutputStream out,
            OutputStream err,
            Function<Choices, Workspace> workspaces) {
        return new CommandLineProgram(new Session(
                environment,
                in,
                new Output(out),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Screen.NONE,
                workspaces));
    }

    /**
     * Runs one command. Interrupting the thread cancels it.
     *
     * @return the exit code
     */
    public int run(String... arguments) {
        StringWriter help = new StringWriter();
        CommandLine program = new CommandLine(new RootCommand(session));
        Commands.neededFor(arguments).forEach((name, command) -> program.addSubcommand(name, command.get()));
        CommandLine run = program.getSubcommands().get("run");
        if (run != null) {
            // What follows the program's name is for the program.
            run.setStopAtPositional(true);
        }
        program.setResourceBundle(Texts.BUNDLE)
                .setOut(new PrintWriter(help))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpLongOptionsMaxWidth(32)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setExecutionExceptionHandler((exception, _, _) -> errors.print(exception, arguments))
                .setParameterExceptionHandler((exception, _) -> errors.printUsage(exception))
                .setUnmatchedOptionsAllowedAsOptionParameters(false);
        int code = program.execute(completed(program, arguments));
        try {
            session.out().print(help.toString());
            session.out().flush();
        } catch (IOException e) {
            code = errors.print(e, arguments);
        }
        return code;
    }

    /** Servers may be started in the place of Guix's, and take their options as those do. */
    private static String[] completed(CommandLine program, String... arguments) {
        CommandLine server = arguments.length > 0 ? program.getSubcommands().get(arguments[0]) : null;
        if (server == null || !SERVERS.contains(arguments[0])) {
            return arguments;
        }
        String[] completed = LongOptions.completed(server.getCommandSpec(), arguments);
        if (arguments[0].equals("publish")) {
            // Everywhere else it names a profile, which is of no use here.
            LongOptions.replace("-p", "--port", completed);
        }
        return completed;
    }
}
