// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Forgets generations. */
@Command(name = "delete-generations")
final class DeleteGenerationsCommand extends CairnCommand {
    @Parameters(arity = "0..1", paramLabel = "PATTERN", descriptionKey = "deleted-generations")
    private @Nullable String pattern;

    @Option(
            names = {"-n", "--dry-run"},
            descriptionKey = "dry-run",
            order = 10)
    private boolean dryRun;

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        GenerationDeletion.of(workspace, Optional.ofNullable(pattern)).perform(session, workspace, dryRun);
        return ExitCode.OK;
    }
}
