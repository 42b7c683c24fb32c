// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.catalog.CatalogPackage;
import dev.cairn.channel.Channel;
import dev.cairn.channel.JointResolver;
import dev.cairn.channel.Resolver;
import dev.cairn.channel.Selection;
import dev.cairn.channel.Wish;
import dev.cairn.daemon.BuildOptions;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.Downloads;
import dev.cairn.daemon.SubstituteInfo;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.path.StorePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Asks the resolvers of channels for packages, and remembers how what they choose is made. For one plan, by one
 * thread.
 */
final class Selections {
    private final Daemon daemon;
    private final Map<String, ? extends Channel> channels;
    private final String system;
    private final Choice choice;

    private final Map<StorePath, Selection.Origin> origins = new HashMap<>();
    private final SequencedSet<String> notes = new LinkedHashSet<>();

    /** By derivation. */
    private final Map<StorePath, Long> fileSizes = new HashMap<>();

    /** How resolvers are asked. */
    @FunctionalInterface
    interface Choice {
        Selection choose(Resolver resolver, Wish wish, Daemon daemon) throws CairnException;
    }

    Selections(Daemon daemon, Map<String, ? extends Channel> channels, String system, Choice choice) {
        this.daemon = daemon;
        this.channels = channels;
        this.system = system;
        this.choice = choice;
    }

    /** What chooses a package of the catalog. */
    Resolver resolver(CatalogPackage wanted) throws TransactionException.Unusable {
        Channel channel = channels.get(wanted.key().channel());
        if (channel == null) {
            throw new TransactionException.Unusable(
                    "'" + wanted.key().label() + "' comes from channel '" + wanted.key().channel()
                            + "', which is not enabled",
                    "Enable the channel, or choose the package of another one.");
        }
        return channel.resolver();
    }

    /** The resolvers that choose packages of a profile together. */
    Set<JointResolver> joint() {
        Set<JointResolver> joint = new LinkedHashSet<>();
        for (Channel channel : channels.values()) {
            if (channel.resolver() instanceof JointResolver resolver) {
                joint.add(resolver);
            }
        }
        return joint;
    }

    /** The entry of one output of a package that stands by itself. @param before what the profile has */
    ManifestEntry select(Resolver resolver, CatalogPackage wanted, String output, Manifest before)
            throws CairnException {
        Optional<String> channel = Optional.of(wanted.key().channel());
        List<ManifestEntry> installed = before.transitiveEntries().stream()
                .filter(entry -> entry.channel().equals(channel))
                .toList();
        return select(resolver, List.of(new Wish.Wanted.Exactly(wanted, output)), installed).getFirst();
    }

    /** The entries of what is wanted, in the same order. @param installed what the profile has of the resolver's */
    List<ManifestEntry> select(Resolver resolver, List<Wish.Wanted> wanted, List<ManifestEntry> installed)
            throws CairnException {
        Selection selection = choice.choose(resolver, new Wish(wanted, installed, system), daemon);
        selection.origins().forEach((item, origin) -> {
            origins.put(item, origin);
            origins.put(daemon.realised(item), origin);
        });
        notes.addAll(selection.notes());
        fileSizes.putAll(selection.fileSizes());
        return selection.entries().stream()
                .map(entry -> entry.renamed(daemon::realised))
                .toList();
    }

    /** What the user should know of what was chosen. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** What to ask of the daemon for those of {@code items} that were chosen here, by derivation. */
    List<BuildTarget> targets(Collection<StorePath> items) {
        SortedMap<StorePath, SortedSet<String>> outputs = new TreeMap<>();
        for (StorePath item : items) {
            if (origins.get(item) instanceof Selection.Origin.Built(StorePath derivation, String output, _)) {
                outputs.computeIfAbsent(derivation, _ -> new TreeSet<>()).add(output);
            }
        }
        List<BuildTarget> targets = new ArrayList<>();
        outputs.forEach((derivation, names) -> targets.add(new BuildTarget(derivation, names)));
        return targets;
    }

    /** Those of {@code items} that were chosen here and are to be fetched as they are. */
    List<StorePath> fetched(Collection<StorePath> items) {
        return items.stream()
                .filter(item -> origins.get(item) instanceof Selection.Origin.Fetched)
                .toList();
    }

    /**
     * Has an item fetched that no package stands for.
     *
     * @throws DaemonException.NotSubstituted when no server offers it
     */
    void fetch(StorePath item) throws DaemonException {
        SubstituteInfo info = daemon.substitutable(List.of(item), EventSink.NONE).get(item);
        if (info == null) {
            // Knows best who was asked, and why each did not serve.
            daemon.ensure(List.of(item), BuildOptions.DEFAULT, EventSink.NONE);
        }
        origins.put(item, new Selection.Origin.Fetched(Optional.ofNullable(info).flatMap(SubstituteInfo::deriver)));
    }

    /**
     * Octets to download in all, where known.
     *
     * @param needs what is built; what of it servers offer is part of {@code downloads}
     */
    OptionalLong downloadSize(Needs needs, Downloads downloads) {
        OptionalLong files = needs.downloadSize(fileSizes);
        return files.isEmpty() || downloads.downloadSize().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(files.getAsLong() + downloads.downloadSize().getAsLong());
    }

    /** Whether the build of an item, or of one of its inputs, sees the host's {@code /usr}. */
    boolean isImpure(StorePath item) {
        return origins.get(item) instanceof Selection.Origin.Built origin && origin.impure();
    }
}
