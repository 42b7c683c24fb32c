// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.debian.ReleaseFile;

/** How the packages of a suite want to be taken; the earlier one is preferred where both have a package. */
public enum Standing {
    /** As any package. */
    USUAL,
    /** On request, and from then on as any package ({@code ButAutomaticUpgrades}): backports. */
    UPGRADED,
    /** On request, each version by itself ({@code NotAutomatic} alone): experiments. */
    REQUESTED;

    static Standing of(ReleaseFile release) {
        if (!release.notAutomatic()) {
            return USUAL;
        }
        return release.butAutomaticUpgrades() ? UPGRADED : REQUESTED;
    }

    /** That of something which both have. */
    Standing or(Standing other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
