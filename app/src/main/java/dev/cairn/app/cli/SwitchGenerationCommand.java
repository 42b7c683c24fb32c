// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import dev.cairn.profile.Generation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Goes to any generation. */
@Command(name = "switch-generation")
final class SwitchGenerationCommand extends CairnCommand {
    @Parameters(paramLabel = "NUMBER", descriptionKey = "generation-number")
    private String wanted = "";

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        List<Integer> numbers = workspace.profile().generations().stream()
                .map(Generation::number)
                .toList();
        int target = GenerationPattern.target(wanted, workspace.profile().currentNumber(), numbers)
                .orElseThrow(() -> new FailureException(
                        Texts.text("error.no-generation", wanted), Optional.of(Texts.text("hint.generations"))));
        return Switched.by(() -> workspace.transactions().switchTo(workspace.profile(), target), session, workspace);
    }
}
