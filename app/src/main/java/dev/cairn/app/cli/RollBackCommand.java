// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Goes back to the generation before the current one. */
@Command(name = "roll-back")
final class RollBackCommand extends CairnCommand {
    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        return Switched.by(() -> workspace.transactions().rollBack(workspace.profile()), session, workspace);
    }
}
