// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.HostTools;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.transaction.Plan;
import dev.cairn.transaction.Request;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that plans a change of the profile, shows the plan and, unless told not to, applies it. */
abstract class ChangeCommand extends CairnCommand {
    @Mixin
    private BuildFlags flags = new BuildFlags();

    @Option(
            names = {"-n", "--dry-run"},
            descriptionKey = "dry-run",
            order = 10)
    private boolean dryRun;

    @Option(names = "--json", descriptionKey = "json", order = 11)
    private boolean json;

    /** What is done before the catalog is asked for; nothing, as a rule. */
    void prepare(Workspace workspace, EventSink events) throws CairnException {
        // Most commands work with what the channels offer now.
    }

    abstract List<Request> requests(Workspace workspace) throws CairnException;

    /** What to say when there is nothing to do. */
    abstract String nothingToDo();

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        BuildOptions options = flags.options();
        flags.configure(workspace.daemon());
        List<Request> requests = requests(workspace);
        try (Progress progress = new Progress(session)) {
            workspace.tellCatalogEvents(progress);
            prepare(workspace, progress);
            Plan plan = workspace.transactions().plan(workspace.profile(), requests);
            progress.passOver(plan.prepared());
            plan.notes().forEach(session::note);
            if (!json) {
                if (plan.isEmpty()) {
                    session.note(nothingToDo());
                }
                PlanPrinter.print(session.out(), plan);
                session.out().flush();
            }
            OptionalInt generation = OptionalInt.empty();
            if (dryRun && options.pure()) {
                HostTools.refuse(workspace.daemon(), plan.toBuild());
            } else if (!dryRun) {
                generation = OptionalInt.of(workspace.transactions()
                        .apply(plan, options, progress)
                        .number());
            }
            progress.end();
            if (json) {
                PlanPrinter.json(session.out(), plan, generation);
            } else if (generation.isPresent() && !plan.isEmpty()) {
                session.out().line(Texts.text("generation-is-current", generation.getAsInt()));
            }
            if (!dryRun) {
                // Last, and after the answer: the generation is current even where no launcher can be written.
                session.out().flush();
                workspace.followProfile();
            }
        }
        return ExitCode.OK;
    }
}
