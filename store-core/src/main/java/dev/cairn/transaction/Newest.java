// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.error.CairnException;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.VersionScheme;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what installed packages are to be upgraded to. For one plan, by one thread. */
final class Newest {
    private final Catalog catalog;
    private final List<String> notes;

    /** @param notes takes what the user should know, one sentence each */
    Newest(Catalog catalog, List<String> notes) {
        this.catalog = catalog;
        this.notes = notes;
    }

    /**
     * The package that takes the place of an installed one; empty, with a note why, where that has to stay.
     *
     * @param version what it must be, or begin with
     */
    Optional<CatalogPackage> of(ManifestEntry entry, Optional<String> version) throws CairnException {
        VersionScheme scheme = VersionScheme.of(entry.properties());
        List<CatalogPackage> known = catalog.versions(entry.name()).stream()
                .filter(row -> VersionScheme.of(row.properties()) == scheme)
                .toList();
        if (known.isEmpty()) {
            notes.add("'" + entry.label() + "' is in no channel (any more); it stays as it is.");
            return Optional.empty();
        }
        List<CatalogPackage> fitting = known.stream()
                .filter(row -> version.isEmpty() || scheme.fits(version.get(), row.version()))
                .filter(row -> row.outputs().contains(entry.output()))
                .filter(row -> row.upgrades() || version.isPresent() || row.version().equals(entry.version()))
                .toList();
        Optional<CatalogPackage> newest = switch (scheme) {
            case PLAIN -> inItsChannel(entry, known, fitting);
            case DEBIAN -> inAnyChannel(entry, fitting);
        };
        if (newest.isEmpty()) {
            notes.add("No " + (version.isPresent() ? "version " + version.get() : "version") + " of '" + entry.name()
                    + "' with the output '" + entry.output() + "' is in a channel; it stays as it is.");
        } else if (scheme.order().compare(newest.get().version(), entry.version()) < 0) {
            notes.add("'" + entry.label() + "' is newer than " + newest.get().version()
                    + ", the newest there is; it stays as it is.");
            return Optional.empty();
        }
        return newest;
    }

    /** Nothing, with a note where there would be a newer one. */
    Optional<CatalogPackage> pinned(ManifestEntry entry) throws CairnException {
        VersionScheme scheme = VersionScheme.of(entry.properties());
        List<CatalogPackage> fitting = catalog.versions(entry.name()).stream()
                .filter(row -> VersionScheme.of(row.properties()) == scheme)
                .filter(row -> row.outputs().contains(entry.output()) && row.upgrades())
                .toList();
        inAnyChannel(entry, fitting)
                .filter(row -> scheme.order().compare(row.version(), entry.version()) > 0)
                .ifPresent(row -> notes.add("'" + entry.label() + "' stays, as this very version was asked for; there"
                        + " is " + row.version() + ", which 'cairn upgrade " + entry.name() + "' takes."));
        return Optional.empty();
    }

    /** The newest in the channel that the entry is from, where that still has the package. */
    private static Optional<CatalogPackage> inItsChannel(
            ManifestEntry entry, List<CatalogPackage> known, List<CatalogPackage> fitting) {
        Optional<String> channel = entry.channel();
        boolean inChannel = known.stream()
                .anyMatch(row -> channel.filter(row.key().channel()::equals).isPresent());
        return fitting.stream()
                .filter(row -> !inChannel || row.key().channel().equals(channel.orElse("")))
                .max(Comparator.comparing(CatalogPackage::version, VersionScheme.PLAIN.order()));
    }

    /**
     * What the package's name means, as long as it is not older than the entry: archives complete each other, and
     * their priorities tell which of them the user wants to follow.
     */
    private static Optional<CatalogPackage> inAnyChannel(ManifestEntry entry, List<CatalogPackage> fitting) {
        Comparator<String> order = VersionScheme.DEBIAN.order();
        return fitting.stream()
                .filter(row -> order.compare(row.version(), entry.version()) >= 0)
                .findFirst()
                .or(() -> fitting.stream().max(Comparator.comparing(CatalogPackage::version, order)));
    }
}
