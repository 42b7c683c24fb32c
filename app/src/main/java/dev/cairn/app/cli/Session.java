// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Choices;
import dev.cairn.app.Workspace;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Function;

/**
 * What one run of the program works with.
 *
 * @param environment the variables of the process
 * @param in standard input
 * @param out standard output, for answers
 * @param err standard error, for progress and errors
 * @param screen whether standard error is a terminal, and how wide
 * @param workspaces opens what commands work on; not called by those that need nothing
 */
record Session(
        Map<String, String> environment,
        InputStream in,
        Output out,
        PrintStream err,
        Screen screen,
        Function<Choices, Workspace> workspaces) {

    Workspace open(Choices choices) {
        return workspaces.apply(choices);
    }

    /** Something worth knowing that is not the answer. */
    void note(String text) {
        err.println("cairn: " + text);
        err.flush();
    }
}
