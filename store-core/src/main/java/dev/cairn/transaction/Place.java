// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.channel.JointResolver;
import dev.cairn.channel.Wish;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.Specification;
import dev.cairn.packages.VersionScheme;

/** What one top-level package of a manifest in the making is, or is going to be. */
sealed interface Place {
    /** Something that is known. */
    record Settled(ManifestEntry entry) implements Place {}

    /** Something that its resolver chooses when everything else that it is to choose is known. */
    record Open(JointResolver resolver, Wish.Wanted wanted) implements Place {}

    /** The package that takes the place, as far as can be told. */
    default Package subject() {
        return switch (this) {
            case Settled(ManifestEntry entry) -> Package.of(entry);
            case Open(_, Wish.Wanted.Exactly(var row, String output, _)) ->
                new Package(row.name(), row.version(), output, VersionScheme.of(row.properties()));
            case Open(_, Wish.Wanted.Keep(ManifestEntry entry)) -> Package.of(entry);
            case Open(_, Wish.Wanted.Upgrade(ManifestEntry entry, _, _)) -> Package.of(entry);
        };
    }

    /** A package as people name it. */
    record Package(String name, String version, String output, VersionScheme scheme) {
        static Package of(ManifestEntry entry) {
            return new Package(
                    entry.name(), entry.version(), entry.output(), VersionScheme.of(entry.properties()));
        }

        boolean matches(Specification specification) {
            return name.equals(specification.name())
                    && specification.version().map(wanted -> scheme.fits(wanted, version)).orElse(true)
                    && specification.output().map(output::equals).orElse(true);
        }

        /** Whether only one of the two can be at the top of a profile. */
        boolean sameSlot(Package other) {
            return name.equals(other.name) && output.equals(other.output);
        }

        /** {@code NAME@VERSION}, with the output unless that is {@code out}. */
        String label() {
            return name + (version.isEmpty() ? "" : "@" + version) + (output.equals("out") ? "" : ":" + output);
        }
    }
}
