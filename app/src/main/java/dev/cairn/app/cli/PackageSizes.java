// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.daemon.Downloads;
import dev.cairn.error.CairnException;
import java.util.OptionalLong;

/**
 * How large a package is that is fetched as it is, in octets.
 *
 * @param download what is to be downloaded for it now, in all
 * @param installed what that takes, unpacked
 * @param closure what it takes with all that it needs, what is there already included
 */
record PackageSizes(OptionalLong download, OptionalLong installed, OptionalLong closure) {
    /** What is not known since a server does not say, or does not offer all, is left empty. */
    static PackageSizes of(Downloads downloads, Workspace workspace) throws CairnException {
        if (!downloads.missing().isEmpty() || downloads.items().isEmpty() && downloads.present().isEmpty()) {
            return new PackageSizes(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
        }
        return new PackageSizes(
                downloads.downloadSize(),
                OptionalLong.of(downloads.installedSize()),
                OptionalLong.of(downloads.closureSize(workspace.daemon())));
    }
}
