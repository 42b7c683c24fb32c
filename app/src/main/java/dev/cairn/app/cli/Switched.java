// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import dev.cairn.profile.Generation;
import java.io.IOException;

/** Changes of the current generation alone. */
final class Switched {
    private Switched() {}

    /** How to get to another generation. */
    @FunctionalInterface
    interface Step {
        Generation take() throws CairnException;
    }

    /** Takes the step, says what changed, and has the launchers follow. */
    static int by(Step step, Session session, Workspace workspace) throws CairnException, IOException {
        int before = workspace.profile().currentNumber();
        int after = step.take().number();
        session.out().line(Texts.text("switched", before, after));
        session.out().flush();
        workspace.followProfile();
        return ExitCode.OK;
    }
}
