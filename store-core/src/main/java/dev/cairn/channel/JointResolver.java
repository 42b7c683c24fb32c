// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel;

import dev.cairn.manifest.ManifestEntry;

/**
 * A resolver for packages that depend on each other throughout a profile. Channels whose packages do so share one. Its
 * packages in a profile are chosen together: all of them again whenever one is installed, removed or upgraded, none
 * while that does not happen.
 */
public interface JointResolver extends Resolver {
    /** Whether an installed package is one of those that it chooses; asked of every entry of a profile, so quick. */
    boolean governs(ManifestEntry installed);
}
