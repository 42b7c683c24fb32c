// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Prints what a shell evaluates to have the profile's programs. */
@Command(name = "shellenv")
final class ShellenvCommand extends CairnCommand {
    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        session.out().print(workspace.launchers().shellEnvironment(workspace.profile()));
        return ExitCode.OK;
    }
}
