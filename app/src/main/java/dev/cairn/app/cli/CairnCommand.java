// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParentCommand;

/** A command that works on a store. */
abstract class CairnCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Override
    public final Integer call() throws CairnException, IOException {
        RootCommand parent = Objects.requireNonNull(root);
        Session session = parent.session();
        try (Workspace workspace = session.open(parent.choices())) {
            return run(session, workspace);
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
