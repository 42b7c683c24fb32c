// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Runs a program of the profile. The launcher that people start takes a short cut to the same script without a JVM;
 * this is for where that script is not there yet.
 */
@Command(name = "run")
final class RunCommand extends CairnCommand {
    @Parameters(index = "0", paramLabel = "PROGRAM", descriptionKey = "program")
    private String program = "";

    @Parameters(index = "1..*", paramLabel = "ARGUMENT", descriptionKey = "program-arguments")
    private List<String> arguments = new ArrayList<>();

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        if (workspace.profile().currentNumber() == 0) {
            throw new FailureException(
                    Texts.text("error.nothing-installed", program), Optional.of(Texts.text("hint.nothing-installed")));
        }
        workspace.followProfile();
        List<String> command = new ArrayList<>(workspace.launchers().command(workspace.profile(), program));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            return process.waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return ExitCode.CANCELLED;
        } catch (IOException e) {
            throw new FailureException(Texts.text("error.cannot-run", program, e.getMessage()), Optional.empty());
        }
    }
}
