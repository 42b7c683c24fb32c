// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import dev.cairn.profile.GenerationTag;
import dev.cairn.profile.LockedProfile;
import dev.cairn.profile.Profile;
import java.io.IOException;
import picocli.CommandLine.Parameters;

/** A command that changes the tag of one generation, and says so. */
abstract class TagCommand extends CairnCommand {
    @Parameters(index = "0", paramLabel = "NUMBER", descriptionKey = "generation-number")
    private String wanted = "";

    abstract GenerationTag changed(GenerationTag tag) throws CairnException;

    /** What to say afterwards. */
    abstract String done(int number, GenerationTag tag);

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        Profile profile = workspace.profile();
        try (LockedProfile locked = profile.lockExisting()) {
            int number = GenerationArgument.number(profile, wanted);
            session.out().line(done(number, locked.tag(number, this::changed)));
        }
        return ExitCode.OK;
    }
}
