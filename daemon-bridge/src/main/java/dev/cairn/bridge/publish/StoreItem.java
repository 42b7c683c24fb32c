// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.DerivationItems;
import dev.cairn.daemon.PathInfo;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.fs.NarFiles;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.util.Optional;

/** What a store says of items to be published. */
final class StoreItem {
    private StoreItem() {}

    /** A valid item with its size, which old databases do not have of all. */
    static Optional<PathInfo> of(Daemon daemon, StorePath path) throws DaemonException {
        Optional<PathInfo> info = daemon.pathInfo(path);
        return info.isPresent() && info.get().narSize() == 0 ? Optional.of(measured(daemon, info.get())) : info;
    }

    private static PathInfo measured(Daemon daemon, PathInfo info) throws DaemonException {
        try {
            NarFiles.Summary summary = NarFiles.summarise(daemon.physical(info.path()));
            return new PathInfo(
                    info.path(),
                    info.narHash(),
                    summary.size(),
                    info.references(),
                    info.deriver(),
                    info.registered(),
                    info.provenance());
        } catch (IOException e) {
            throw DaemonException.of("reading '" + info.path() + "'", e);
        }
    }

    /** Whether nobody who made the item wants it made by everybody who needs it. */
    static boolean mayBeFetched(Daemon daemon, StorePath path) throws CairnException {
        for (StorePath deriver : daemon.validDerivers(path)) {
            if (!allowsSubstitutes(daemon, deriver)) {
                return false;
            }
        }
        return true;
    }

    private static boolean allowsSubstitutes(Daemon daemon, StorePath deriver) throws CairnException {
        try {
            return DerivationItems.read(daemon, deriver).allowsSubstitutes();
        } catch (FormatException | DaemonException.NotValid _) {
            // One that is gone meanwhile, or of a kind that is not understood, wishes nothing.
            return true;
        }
    }
}
