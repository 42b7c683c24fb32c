// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.catalog.CatalogException;
import dev.cairn.catalog.ChannelProblem;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that works on a store. */
abstract class CairnCommand implements Callable<Integer> {
    /** Whoever writes a channel mends the first ones first; all would hide the answer. */
    private static final int MOST_WARNINGS = 20;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public final Integer call() throws CairnException, IOException {
        RootCommand parent = (RootCommand) Objects.requireNonNull(spec).root().userObject();
        Session session = parent.session();
        try (Workspace workspace = session.open(parent.choices())) {
            try {
                return run(session, workspace);
            } catch (CatalogException.Unknown e) {
                throw NeverFetched.explain(e, workspace);
            } finally {
                warn(session, workspace);
            }
        }
    }

    /** Says what is wrong in the channels, if they were asked: a package that is not found may be among it. */
    private static void warn(Session session, Workspace workspace) throws CairnException {
        List<ChannelProblem> problems = workspace.channelProblems();
        problems.stream()
                .limit(MOST_WARNINGS)
                .forEach(problem -> session.note(Texts.text("warning", Printable.line(problem.message()))));
        if (problems.size() > MOST_WARNINGS) {
            session.note(Texts.text("warning", Texts.text("more-problems", problems.size() - MOST_WARNINGS)));
        }
    }

    /**
     * Does the work.
     *
     * @return the exit code
     * @throws IOException only when standard input or output fails
     */
    abstract int run(Session session, Workspace workspace) throws CairnException, IOException;
}
