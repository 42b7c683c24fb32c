// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.DaemonException;
import dev.cairn.event.EventSink;
import java.util.Collection;

/** Realises derivations and everything they need, as many at once as the options allow. */
public final class BuildScheduler {
    public BuildScheduler(BuildStore store) {
        throw new UnsupportedOperationException();
    }

    /** Makes the wanted outputs valid; ends with {@link DaemonException.Cancelled} when interrupted. */
    public void build(Collection<BuildTarget> targets, BuildOptions options, EventSink events) throws DaemonException {
        throw new UnsupportedOperationException();
    }
}
