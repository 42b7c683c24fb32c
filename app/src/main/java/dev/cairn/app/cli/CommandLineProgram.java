// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;

/** The program {@code cairn} as a function from arguments to an exit code. */
public final class CommandLineProgram {
    private final PrintWriter out;
    private final PrintWriter err;

    private CommandLineProgram(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    public static CommandLineProgram onStandardStreams(Map<String, String> environment) {
        return new CommandLineProgram(new PrintWriter(System.out, true), new PrintWriter(System.err, true));
    }

    /** @return the exit code */
    public int run(String... arguments) {
        return new CommandLine(new RootCommand()).setOut(out).setErr(err).execute(arguments);
    }
}
