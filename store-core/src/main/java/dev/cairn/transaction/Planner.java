// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.channel.JointResolver;
import dev.cairn.channel.Resolver;
import dev.cairn.channel.Wish;
import dev.cairn.daemon.BuildTarget;
import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.Downloads;
import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;

/** Works out one plan. Used once, by one thread. */
final class Planner {
    private final Daemon daemon;
    private final Catalog catalog;
    private final Selections selections;
    private final Profile profile;
    private final Manifest before;
    private final Installed installed;
    private final Newest newest;
    private final Asked asked = new Asked();
    private final Asked upgraded = new Asked();
    private final List<String> notes = new ArrayList<>();

    /** @param before what the profile holds */
    Planner(Daemon daemon, Catalog catalog, Selections selections, Profile profile, Manifest before) {
        this.daemon = daemon;
        this.catalog = catalog;
        this.selections = selections;
        this.profile = profile;
        this.before = before;
        this.installed = new Installed(before);
        this.newest = new Newest(catalog, notes);
    }

    /** @param base the generation that holds what the planner starts from */
    Plan plan(int base, List<Request> requests) throws CairnException {
        return plan(base, requests, choose(requests));
    }

    /** What would change; asks no servers if the selections do not. */
    Outlook look(List<Request> requests) throws CairnException {
        Manifest result = choose(requests);
        return new Outlook(Differences.between(before, result), Differences.rebuilt(before, result));
    }

    /** What the profile is to hold. */
    private Manifest choose(List<Request> requests) throws CairnException {
        for (Request request : requests) {
            switch (request) {
                case Request.Install install -> install(install);
                case Request.InstallItem(StorePath item) -> install(item);
                case Request.Remove(Specification specification) -> installed.remove(specification);
                case Request.Upgrade upgrade -> upgrade(upgrade);
            }
        }
        for (JointResolver resolver : selections.joint()) {
            chooseTogether(resolver);
        }
        Manifest result = installed.manifest();
        Conflicts.check(result, before);
        return result;
    }

    private Plan plan(int base, List<Request> requests, Manifest result) throws CairnException {
        List<Change> changes = Differences.between(before, result);
        List<String> rebuilt = Differences.rebuilt(before, result);
        boolean noted = changes.isEmpty() && rebuilt.isEmpty() && Differences.marks(before, result);
        SequencedSet<StorePath> fresh = new LinkedHashSet<>(result.items());
        fresh.removeAll(before.items());
        List<BuildTarget> targets = selections.targets(fresh);
        List<StorePath> fetched = selections.fetched(fresh);
        Needs needs = Needs.of(daemon, targets, EventSink.NONE);
        List<StorePath> offered = new ArrayList<>(fetched);
        offered.addAll(needs.offered());
        Downloads downloads = Downloads.of(daemon, offered, EventSink.NONE);
        List<String> impure = result.transitiveEntries().stream()
                .filter(entry -> fresh.contains(entry.item()) && selections.isImpure(entry.item()))
                .map(ManifestEntry::name)
                .distinct()
                .toList();
        notes.addAll(selections.notes());
        return new Plan(
                profile,
                base,
                requests,
                changes,
                rebuilt,
                noted,
                needs.present(),
                needs.toBuild(),
                needs.prepared(),
                targets,
                fetched,
                downloads,
                selections.downloadSize(needs, downloads),
                impure,
                result,
                Causes.describe(requests, changes, rebuilt),
                notes);
    }

    private void install(Request.Install request) throws CairnException {
        Specification specification = request.specification();
        CatalogPackage wanted = catalog.resolve(specification);
        String output = specification.output().orElse("out");
        Resolver resolver = selections.resolver(wanted);
        if (!(resolver instanceof JointResolver joint)) {
            ManifestEntry entry = selections.select(resolver, wanted, output, before);
            asked.add(Place.Package.of(entry), entry.item(), entry.label());
            installed.put(entry);
            return;
        }
        VersionScheme scheme = VersionScheme.of(wanted.properties());
        boolean pinned = specification.version()
                .filter(version -> scheme.isFull(version, wanted.version()))
                .isPresent();
        Optional<ManifestEntry> old = installed.settled(wanted.name(), output);
        Wish.Terms terms = old.isPresent()
                ? terms(old.get(), request.recommended(), pinned)
                : new Wish.Terms(request.recommended(), pinned);
        Place place = new Place.Open(joint, new Wish.Wanted.Exactly(wanted, output, terms));
        asked.add(place.subject(), wanted.key(), place.subject().label());
        if (old.isEmpty() || !Place.Package.of(old.get()).equals(place.subject())) {
            installed.putInFront(place);
        } else if (!terms.equals(terms(old.get(), Optional.empty(), old.get().isMarked(ManifestEntry.PINNED)))) {
            installed.replace(new Place.Settled(old.get()), place);
        }
    }

    private void install(StorePath item) throws CairnException {
        ManifestEntry entry = entry(item);
        asked.add(Place.Package.of(entry), item, item.toString());
        installed.put(entry);
    }

    /** Terms that say all: what is not said now is as it was when the package was installed. */
    private static Wish.Terms terms(ManifestEntry entry, Optional<Boolean> recommended, boolean pinned) {
        boolean before = !entry.isMarked(ManifestEntry.WITHOUT_RECOMMENDED);
        return new Wish.Terms(Optional.of(recommended.orElse(before)), pinned);
    }

    /** The entry of an item of which only its name is known. */
    private ManifestEntry entry(StorePath item) throws CairnException {
        if (!daemon.isValid(item)) {
            selections.fetch(item);
        } else if (!Files.isDirectory(daemon.physical(item), LinkOption.NOFOLLOW_LINKS)) {
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

    private void upgrade(Request.Upgrade request) throws CairnException {
        Optional<Specification> wanted = request.specification();
        List<Place> matching = wanted.isPresent() ? installed.matching(unversioned(wanted.get())) : installed.all();
        for (Place place : matching) {
            if (wanted.isPresent()) {
                upgraded.add(place.subject(), wanted.get().version(), wanted.get().toString());
            }
            // What is to be chosen yet was asked for just now, in the version that is wanted.
            if (place instanceof Place.Settled(ManifestEntry entry)) {
                boolean stays = wanted.isEmpty() && entry.isMarked(ManifestEntry.PINNED);
                upgrade(entry, stays, wanted.flatMap(Specification::version), request.recommended());
            }
        }
    }

    private static Specification unversioned(Specification specification) {
        return new Specification(specification.name(), Optional.empty(), specification.output());
    }

    /** @param stays whether it is to stay at its version */
    private void upgrade(
            ManifestEntry entry, boolean stays, Optional<String> version, Optional<Boolean> recommended)
            throws CairnException {
        Optional<CatalogPackage> row = stays ? newest.pinned(entry) : newest.of(entry, version);
        Optional<JointResolver> joint = selections.joint().stream()
                .filter(resolver -> resolver.governs(entry))
                .findFirst();
        if (joint.isPresent()) {
            boolean pinned = stays
                    || row.isPresent()
                            && version.filter(v -> VersionScheme.of(entry.properties()).isFull(v, row.get().version()))
                                    .isPresent();
            Wish.Wanted upgrade = new Wish.Wanted.Upgrade(entry, row, terms(entry, recommended, pinned));
            installed.replace(new Place.Settled(entry), new Place.Open(joint.get(), upgrade));
        } else if (row.isPresent()) {
            Resolver resolver = selections.resolver(row.get());
            installed.replace(entry, selections.select(resolver, row.get(), entry.output(), before));
        }
    }

    /** Settles the places of a resolver, unless its packages stay just as they are. */
    private void chooseTogether(JointResolver resolver) throws CairnException {
        List<Place> mine = new ArrayList<>();
        for (Place place : installed.all()) {
            switch (place) {
                case Place.Open open when open.resolver().equals(resolver) -> mine.add(open);
                case Place.Settled settled when resolver.governs(settled.entry()) -> mine.add(settled);
                case Place.Open _, Place.Settled _ -> { }
            }
        }
        List<Place> asBefore = before.entries().stream()
                .filter(resolver::governs)
                .<Place>map(Place.Settled::new)
                .toList();
        if (mine.isEmpty() || mine.equals(asBefore)) {
            return;
        }
        List<ManifestEntry> current =
                before.transitiveEntries().stream().filter(resolver::governs).toList();
        List<ManifestEntry> chosen =
                selections.select(resolver, mine.stream().map(Planner::wanted).toList(), current);
        for (int i = 0; i < mine.size(); i++) {
            installed.replace(mine.get(i), new Place.Settled(chosen.get(i)));
        }
    }

    private static Wish.Wanted wanted(Place place) {
        return switch (place) {
            case Place.Open open -> open.wanted();
            case Place.Settled(ManifestEntry entry) -> new Wish.Wanted.Keep(entry);
        };
    }
}
