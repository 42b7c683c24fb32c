// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel;

import dev.cairn.catalog.PackageKey;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.Specification;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Takes every package by itself, with just what it propagates: for channels whose definitions leave nothing to choose.
 */
public final class IndependentResolver implements Resolver {
    private final Definitions definitions;

    public IndependentResolver(Definitions definitions) {
        this.definitions = definitions;
    }

    /** Makes the packages of a channel realisable, one at a time. */
    @FunctionalInterface
    public interface Definitions {
        /**
         * Adds the derivation of a package, and those it needs, to the store.
         *
         * @param system such as {@code x86_64-linux}
         */
        Resolution resolve(PackageKey wanted, String system, Daemon daemon) throws CairnException;
    }

    @Override
    public Selection select(Wish wish, Daemon daemon) throws CairnException {
        Run run = new Run(wish.system(), daemon);
        List<ManifestEntry> entries = new ArrayList<>();
        for (Wish.Wanted wanted : wish.wanted()) {
            entries.add(switch (wanted) {
                case Wish.Wanted.Exactly(var row, String output, _) -> run.entry(new Output(row.key(), output));
                case Wish.Wanted.Keep(ManifestEntry entry) -> entry;
                case Wish.Wanted.Upgrade(ManifestEntry entry, var row, _) -> row.isEmpty()
                        ? entry
                        : run.entry(new Output(row.get().key(), entry.output()));
            });
        }
        return new Selection(entries, run.origins, Map.of(), List.of());
    }

    private record Output(PackageKey key, String name) {}

    /** The work for one wish. */
    private final class Run {
        private final String system;
        private final Daemon daemon;
        private final Map<PackageKey, Resolution> resolutions = new HashMap<>();
        private final Map<Output, ManifestEntry> entries = new HashMap<>();
        private final Map<StorePath, Selection.Origin> origins = new HashMap<>();
        private final SequencedSet<Output> underWay = new LinkedHashSet<>();

        Run(String system, Daemon daemon) {
            this.system = system;
            this.daemon = daemon;
        }

        ManifestEntry entry(Output wanted) throws CairnException {
            ManifestEntry known = entries.get(wanted);
            if (known != null) {
                return known;
            }
            if (!underWay.add(wanted)) {
                throw circle(wanted);
            }
            Resolution resolution = resolution(wanted.key());
            StorePath item = resolution.outputs().get(wanted.name());
            if (item == null) {
                throw noOutput(wanted, resolution);
            }
            List<ManifestEntry> propagated = new ArrayList<>();
            for (Specification input : resolution.propagatedInputs()) {
                propagated.add(entry(propagated(wanted.key().channel(), input)));
            }
            ManifestEntry entry = new ManifestEntry(
                    wanted.key().name(),
                    wanted.key().version(),
                    wanted.name(),
                    item,
                    propagated,
                    resolution.searchPaths(),
                    ManifestEntry.fromChannel(wanted.key().channel()));
            underWay.remove(wanted);
            entries.put(wanted, entry);
            origins.put(item, new Selection.Origin.Built(resolution.derivation(), wanted.name(), resolution.impure()));
            return entry;
        }

        private Resolution resolution(PackageKey wanted) throws CairnException {
            Resolution known = resolutions.get(wanted);
            if (known == null) {
                known = definitions.resolve(wanted, system, daemon);
                resolutions.put(wanted, known);
            }
            return known;
        }

        private ChannelException circle(Output wanted) {
            List<String> circle = underWay.stream().map(o -> o.key().label()).toList();
            return new ChannelException.Unsatisfiable(
                    "'" + wanted.key().label() + "' propagates itself, by way of " + String.join(", ", circle),
                    Optional.of("This is a mistake in channel '" + wanted.key().channel() + "': report it there."));
        }
    }

    private static Output propagated(String channel, Specification input) {
        PackageKey key = new PackageKey(channel, input.name(), input.version().orElseThrow());
        return new Output(key, input.output().orElse("out"));
    }

    private static ChannelException noOutput(Output wanted, Resolution resolution) {
        List<String> possible = resolution.outputs().keySet().stream()
                .map(output -> wanted.key().name() + ":" + output)
                .toList();
        return new ChannelException.Unsatisfiable(
                "'" + wanted.key().label() + "' has no output '" + wanted.name() + "'",
                Optional.of("It could be " + String.join(" or ", possible) + "."));
    }
}
