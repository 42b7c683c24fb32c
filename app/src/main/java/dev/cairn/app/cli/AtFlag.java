// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that has a command look at a channel as it was at another time. */
final class AtFlag {
    @Option(names = "--at", paramLabel = "REVISION", descriptionKey = "at", order = 20)
    private @Nullable String revision;

    /** To be called before the catalog is asked for. */
    void apply(Workspace workspace, EventSink events) throws CairnException {
        if (revision != null) {
            workspace.lookInto(revision, events);
        }
    }
}
