// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.PackageKey;
import dev.cairn.channel.Channel;
import dev.cairn.channel.Resolution;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.Specification;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes manifest entries of packages, with all that they propagate, and remembers how their items are made. For one
 * plan, by one thread.
 */
final class EntryResolver {
    private final Daemon daemon;
    private final Catalog catalog;
    private final Map<String, ? extends Channel> channels;
    private final String system;

    private record Output(PackageKey key, String output) {}

    private record Origin(StorePath derivation, String output, boolean impure) {}

    private final Map<PackageKey, Resolution> resolutions = new HashMap<>();
    private final Map<Output, ManifestEntry> entries = new HashMap<>();
    private final Map<StorePath, Origin> origins = new HashMap<>();
    private final SequencedSet<Output> underWay = new LinkedHashSet<>();

    EntryResolver(Daemon daemon, Catalog catalog, Map<String, ? extends Channel> channels, String system) {
        this.daemon = daemon;
        this.catalog = catalog;
        this.channels = channels;
        this.system = system;
    }

    /** The entry of the package that a specification means. */
    ManifestEntry entry(Specification specification) throws CairnException {
        return entry(catalog.resolve(specification), specification.output().orElse("out"));
    }

    /** The entry of one output of a package. */
    ManifestEntry entry(CatalogPackage wanted, String output) throws CairnException {
        Output key = new Output(wanted.key(), output);
        ManifestEntry known = entries.get(key);
        if (known != null) {
            return known;
        }
        if (!underWay.add(key)) {
            List<String> circle = underWay.stream().map(o -> o.key().label()).toList();
            throw new TransactionException.Unusable(
                    "'" + wanted.key().label() + "' propagates itself, by way of " + String.join(", ", circle),
                    "This is a mistake in channel '" + wanted.key().channel() + "': report it there.");
        }
        Resolution resolution = resolve(wanted);
        StorePath item = resolution.outputs().get(output);
        if (item == null) {
            throw new TransactionException.NotInstallable(
                    "'" + wanted.key().label() + "' has no output '" + output + "'",
                    resolution.outputs().keySet().stream().map(o -> wanted.name() + ":" + o).toList());
        }
        List<ManifestEntry> propagated = new ArrayList<>();
        for (Specification input : resolution.propagatedInputs()) {
            propagated.add(entry(input));
        }
        ManifestEntry entry = new ManifestEntry(
                wanted.name(),
                wanted.version(),
                output,
                item,
                propagated,
                resolution.searchPaths(),
                ManifestEntry.fromChannel(wanted.key().channel()));
        underWay.remove(key);
        entries.put(key, entry);
        origins.put(item, new Origin(resolution.derivation(), output, resolution.impure()));
        return entry;
    }

    private Resolution resolve(CatalogPackage wanted) throws CairnException {
        Resolution known = resolutions.get(wanted.key());
        if (known != null) {
            return known;
        }
        Channel channel = channels.get(wanted.key().channel());
        if (channel == null) {
            throw new TransactionException.Unusable(
                    "'" + wanted.key().label() + "' comes from channel '" + wanted.key().channel()
                            + "', which is not enabled",
                    "Enable the channel, or choose the package of another one.");
        }
        Resolution resolution = channel.resolve(wanted, system, daemon);
        resolutions.put(wanted.key(), resolution);
        return resolution;
    }

    /** What to ask of the daemon for those of {@code items} that this has resolved, by derivation. */
    List<BuildTarget> targets(Collection<StorePath> items) {
        SortedMap<StorePath, SortedSet<String>> outputs = new TreeMap<>();
        for (StorePath item : items) {
            Origin origin = origins.get(item);
            if (origin != null) {
                outputs.computeIfAbsent(origin.derivation(), _ -> new TreeSet<>()).add(origin.output());
            }
        }
        List<BuildTarget> targets = new ArrayList<>();
        outputs.forEach((derivation, names) -> targets.add(new BuildTarget(derivation, names)));
        return targets;
    }

    /** Whether the build of an item, or of one of its inputs, sees the host's {@code /usr}. */
    boolean isImpure(StorePath item) {
        Origin origin = origins.get(item);
        return origin != null && origin.impure();
    }
}
