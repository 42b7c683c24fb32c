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
    /**
     * What else is said of a package that is asked for; a resolver for which that means nothing passes it over.
     *
     * @param recommended whether what it recommends is to come along; where empty, as it was for what is installed,
     *     else as the machine is set up
     * @param pinned whether it is to stay at its version
     */
    public record Terms(Optional<Boolean> recommended, boolean pinned) {
        public static final Terms USUAL = new Terms(Optional.empty(), false);
    }

    /** One top-level package. */
    public sealed interface Wanted {
        /** This one, in this version, on these terms. */
        record Exactly(CatalogPackage row, String output, Terms terms) implements Wanted {
            public Exactly(CatalogPackage row, String output) {
                this(row, output, Terms.USUAL);
            }
        }

        /** What is installed, in whatever version fits with the rest: best the one that is there. */
        record Keep(ManifestEntry entry) implements Wanted {}

        /**
         * What is installed, and all that only it needs, as new as can be.
         *
         * @param row the newest in the catalog; empty where no channel has the package any more, or it is to stay
         */
        record Upgrade(ManifestEntry entry, Optional<CatalogPackage> row, Terms terms) implements Wanted {
            public Upgrade(ManifestEntry entry, Optional<CatalogPackage> row) {
                this(entry, row, Terms.USUAL);
            }
        }
    }

    public Wish {
        wanted = List.copyOf(wanted);
        installed = List.copyOf(installed);
    }
}
