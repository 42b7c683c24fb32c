// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.channel.guix.source.PackageSource;
import dev.cairn.error.CairnException;

/** Finds out what is known of packages beyond their listing, for each commit. Safe for use by several threads. */
@FunctionalInterface
public interface PackageSources {
    /** Knows nothing of any package. */
    PackageSources NONE = _ -> PackageSource.none("no copy of Guix's modules is at hand");

    /** What tells it for one commit. */
    PackageSource at(String commit) throws CairnException;
}
