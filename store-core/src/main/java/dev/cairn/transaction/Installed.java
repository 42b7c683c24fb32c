// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.EditDistance;
import dev.cairn.packages.Specification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The top-level packages of a manifest that is being changed. For one plan, by one thread. */
final class Installed {
    private static final int SUGGESTIONS = 3;

    private final List<Place> places = new ArrayList<>();

    Installed(Manifest manifest) {
        manifest.entries().forEach(entry -> places.add(new Place.Settled(entry)));
    }

    List<Place> all() {
        return List.copyOf(places);
    }

    /** What is known of an output of a package, if it is there and nothing else is asked for. */
    Optional<ManifestEntry> settled(String name, String output) {
        for (Place place : places) {
            if (place instanceof Place.Settled(ManifestEntry entry)
                    && entry.name().equals(name)
                    && entry.output().equals(output)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /** Puts an entry in front, instead of one of the same name and output; what is there already stays where it is. */
    void put(ManifestEntry entry) {
        if (places.stream()
                .noneMatch(place -> place instanceof Place.Settled(ManifestEntry old)
                        && old.sameSlot(entry)
                        && Differences.sameContents(old, entry))) {
            putInFront(new Place.Settled(entry));
        }
    }

    /** Puts a package in front, instead of one of the same name and output. */
    void putInFront(Place place) {
        places.removeIf(old -> old.subject().sameSlot(place.subject()));
        places.addFirst(place);
    }

    /** Puts an entry where {@code old} is, unless it is the same. */
    void replace(ManifestEntry old, ManifestEntry entry) {
        if (!Differences.sameContents(old, entry)) {
            replace(new Place.Settled(old), new Place.Settled(entry));
        }
    }

    /** Puts one package where another is. */
    void replace(Place old, Place place) {
        places.replaceAll(each -> each.equals(old) ? place : each);
    }

    /** @throws TransactionException.NotInstalled when nothing matches */
    void remove(Specification specification) throws TransactionException {
        places.removeAll(matching(specification));
    }

    /** The manifest, once every place is settled. */
    Manifest manifest() {
        List<ManifestEntry> entries = new ArrayList<>();
        for (Place place : places) {
            switch (place) {
                case Place.Settled(ManifestEntry entry) -> entries.add(entry);
                case Place.Open open -> throw new IllegalStateException("not chosen yet: " + open);
            }
        }
        return new Manifest(entries);
    }

    /**
     * The installed packages that a specification means; without an output, those of all outputs.
     *
     * @throws TransactionException.NotInstalled when there are none
     */
    List<Place> matching(Specification specification) throws TransactionException {
        List<Place> matching = places.stream()
                .filter(place -> place.subject().matches(specification))
                .toList();
        if (matching.isEmpty()) {
            throw notInstalled(specification);
        }
        return matching;
    }

    private TransactionException notInstalled(Specification specification) {
        List<String> sameName = places.stream()
                .map(Place::subject)
                .filter(subject -> subject.name().equals(specification.name()))
                .map(Place.Package::label)
                .toList();
        if (!sameName.isEmpty()) {
            return new TransactionException.NotInstalled(
                    specification,
                    "'" + specification + "' is not installed; what is installed is " + String.join(", ", sameName),
                    Optional.of("Name that one, or give the name alone."));
        }
        for (Place place : places) {
            if (place instanceof Place.Settled(ManifestEntry top)
                    && new Manifest(top.propagatedInputs())
                            .transitiveEntries().stream()
                                    .anyMatch(input -> Place.Package.of(input).matches(specification))) {
                return cameAlong(specification, top);
            }
        }
        List<String> nearest = EditDistance.nearest(
                specification.name(),
                places.stream().map(place -> place.subject().name()).distinct().toList(),
                SUGGESTIONS);
        return new TransactionException.NotInstalled(
                specification,
                "'" + specification + "' is not installed",
                Optional.of(
                        nearest.isEmpty()
                                ? "Use 'cairn list' to see what is installed."
                                : "Did you mean " + String.join(", ", nearest) + "?"));
    }

    private static TransactionException cameAlong(Specification specification, ManifestEntry top) {
        return new TransactionException.NotInstalled(
                specification,
                "'" + specification + "' was not installed by itself: it comes with '" + top.label()
                        + "', which needs it",
                Optional.of("It goes when '" + top.name() + "' is removed."));
    }
}
