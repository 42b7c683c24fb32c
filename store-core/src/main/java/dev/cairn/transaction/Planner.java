// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.manifest.ItemName;
import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.Specification;
import dev.cairn.packages.VersionScheme;
import dev.cairn.path.StorePath;
import dev.cairn.profile.Profile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;

/** Works out one plan. Used once, by one thread. */
final class Planner {
    private final Daemon daemon;
    private final Catalog catalog;
    private final EntryResolver resolver;
    private final Profile profile;
    private final Installed installed;
    private final List<String> notes = new ArrayList<>();

    /** @param before what the profile holds */
    Planner(Daemon daemon, Catalog catalog, EntryResolver resolver, Profile profile, Manifest before) {
        this.daemon = daemon;
        this.catalog = catalog;
        this.resolver = resolver;
        this.profile = profile;
        this.installed = new Installed(before);
    }

    /** @param base the generation that holds what the planner starts from */
    Plan plan(int base, Manifest before, List<Request> requests) throws CairnException {
        for (Request request : requests) {
            switch (request) {
                case Request.Install(Specification specification) -> installed.put(resolver.entry(specification));
                case Request.InstallItem(StorePath item) -> installed.put(entry(item));
                case Request.Remove(Specification specification) -> installed.remove(specification);
                case Request.Upgrade(Optional<Specification> specification) -> upgrade(specification);
            }
        }
        Manifest result = installed.manifest();
        Conflicts.check(result, before);
        List<Change> changes = Differences.between(before, result);
        SequencedSet<StorePath> fresh = new LinkedHashSet<>(result.items());
        fresh.removeAll(before.items());
        List<BuildTarget> targets = resolver.targets(fresh);
        Needs needs = Needs.of(daemon, targets);
        List<String> impure = result.transitiveEntries().stream()
                .filter(entry -> fresh.contains(entry.item()) && resolver.isImpure(entry.item()))
                .map(ManifestEntry::name)
                .distinct()
                .toList();
        return new Plan(
                profile,
                base,
                requests,
                changes,
                needs.present(),
                needs.toBuild(),
                targets,
                needs.downloadSize(),
                impure,
                result,
                Causes.describe(requests, changes),
                notes);
    }

    /** The entry of an item of which only its name is known. */
    private ManifestEntry entry(StorePath item) throws CairnException {
        if (!daemon.isValid(item)) {
            throw new DaemonException.NotValid(item);
        }
        if (!Files.isDirectory(daemon.physical(item), LinkOption.NOFOLLOW_LINKS)) {
            throw new TransactionException.NotInstallable(
                    "'" + item + "' cannot be installed: it is not a directory",
                    item.isDerivation()
                            ? daemon.derivationOutputs(item).values().stream().map(StorePath::toString).toList()
                            : List.of());
        }
        ItemName name = ItemName.split(item.name());
        return new ManifestEntry(
                name.name(), name.version(), "out", item, List.of(), List.of(), new TreeMap<>());
    }

    private void upgrade(Optional<Specification> wanted) throws CairnException {
        List<ManifestEntry> matching =
                wanted.isPresent() ? installed.matching(unversioned(wanted.get())) : installed.all();
        for (ManifestEntry entry : matching) {
            Optional<CatalogPackage> newest = newest(entry, wanted.flatMap(Specification::version));
            if (newest.isEmpty()) {
                continue;
            }
            Comparator<String> order = VersionScheme.of(entry.properties()).order();
            if (order.compare(newest.get().version(), entry.version()) < 0) {
                notes.add("'" + entry.label() + "' is newer than " + newest.get().version()
                        + ", the newest there is; it stays as it is.");
            } else {
                installed.replace(entry, resolver.entry(newest.get(), entry.output()));
            }
        }
    }

    private static Specification unversioned(Specification specification) {
        return new Specification(specification.name(), Optional.empty(), specification.output());
    }

    /** The newest version with the entry's output, in the channel the entry is from where that still has it. */
    private Optional<CatalogPackage> newest(ManifestEntry entry, Optional<String> version) throws CairnException {
        VersionScheme scheme = VersionScheme.of(entry.properties());
        List<CatalogPackage> versions = catalog.versions(entry.name()).stream()
                .filter(p -> VersionScheme.of(p.properties()) == scheme)
                .toList();
        if (versions.isEmpty()) {
            notes.add("'" + entry.label() + "' is in no channel (any more); it stays as it is.");
            return Optional.empty();
        }
        Optional<String> channel = entry.channel();
        boolean inChannel = versions.stream().anyMatch(p -> channel.filter(p.key().channel()::equals).isPresent());
        Optional<CatalogPackage> newest = versions.stream()
                .filter(p -> !inChannel || p.key().channel().equals(channel.orElse("")))
                .filter(p -> version.isEmpty() || scheme.fits(version.get(), p.version()))
                .filter(p -> p.outputs().contains(entry.output()))
                .sorted(Comparator.comparing(CatalogPackage::version, scheme.order().reversed()))
                .findFirst();
        if (newest.isEmpty()) {
            notes.add("No " + (version.isPresent() ? "version " + version.get() : "version") + " of '" + entry.name()
                    + "' with the output '" + entry.output() + "' is in a channel; it stays as it is.");
        }
        return newest;
    }
}
