// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import dev.cairn.profile.Profile;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Goes to any generation. */
@Command(name = "switch-generation")
final class SwitchGenerationCommand extends CairnCommand {
    @Parameters(paramLabel = "NUMBER", descriptionKey = "generation-number")
    private String wanted = "";

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        Profile profile = workspace.profile();
        int target = GenerationArgument.number(profile, wanted);
        return Switched.by(() -> workspace.transactions().switchTo(profile, target), session, workspace);
    }
}
