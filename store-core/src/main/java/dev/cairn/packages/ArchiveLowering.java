// SPDX-License-Identifier: Apache-2.0
package dev.cairn.packages;

import dev.cairn.derivation.DerivationBuilder;

/** The build system {@code archive}: {@code builtin:unpack} of the source. */
final class ArchiveLowering {
    private ArchiveLowering() {}

    static DerivationBuilder lower(BuildSystem.Archive archive, BuildPlan plan, String system) {
        return plan.derivation(system, "builtin:unpack")
                .variable("src", plan.source().orElseThrow().toString())
                .variable("strip", Integer.toString(archive.strip()));
    }
}
