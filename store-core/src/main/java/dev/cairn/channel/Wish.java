// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel;

import dev.cairn.catalog.CatalogPackage;
import dev.cairn.manifest.ManifestEntry;
import java.util.List;
import java.util.Optional;

/**
 * What a profile shall have of the packages of one resolver.
 *
 * @param wanted top-level packages, most recently installed first
 * @param installed what the profile has of this resolver's packages now, those that came along too; where there is a
 *     choice, these stay
 * @param system such as {@code x86_64-linux}
 */
public record Wish(List<Wanted> wanted, List<ManifestEntry> installed, String system) {
    /** One top-level package. */
    public sealed interface Wanted {
        /** This one, in this version. */
        record Exactly(CatalogPackage row, String output) implements Wanted {}

        /** What is installed, in whatever version fits with the rest: best the one that is there. */
        record Keep(ManifestEntry entry) implements Wanted {}

        /**
         * What is installed, and all that only it needs, as new as can be.
         *
         * @param row the newest in the catalog; empty where no channel has the package any more
         */
        record Upgrade(ManifestEntry entry, Optional<CatalogPackage> row) implements Wanted {}
    }

    public Wish {
        wanted = List.copyOf(wanted);
        installed = List.copyOf(installed);
    }
}
