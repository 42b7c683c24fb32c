// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.fake;

import dev.cairn.app.profile.Installed;
import dev.cairn.app.profile.PackageFacts;
import dev.cairn.app.profile.PackageSizes;
import dev.cairn.app.profile.ProfileActions;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.Downloads;
import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import dev.cairn.event.Activities;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.layout.StoreLayout;
import dev.cairn.manifest.Manifest;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.Specification;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.profile.Generation;
import dev.cairn.profile.GenerationTag;
import dev.cairn.profile.Profile;
import dev.cairn.profile.ProfileException;
import dev.cairn.transaction.Change;
import dev.cairn.transaction.Comparison;
import dev.cairn.transaction.Outlook;
import dev.cairn.transaction.Plan;
import dev.cairn.transaction.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A profile in memory: installing takes what the catalog has, building takes as long as it is told. */
public final class FakeProfile implements ProfileActions {
    private static final Instant FIRST = Instant.parse("2026-05-04T08:00:00Z");

    private final Catalog catalog;
    private final TreeMap<Integer, List<ManifestEntry>> states = new TreeMap<>();
    private final TreeMap<Integer, Generation> generations = new TreeMap<>();
    private final Map<Integer, GenerationTag> tags = new HashMap<>();
    private final Profile profile =
            new Profile(StoreLayout.system(), Path.of("/var/guix/profiles/per-user/someone/guix-profile"));
    private int current;
    private int compared;
    private PackageFacts facts = PackageFacts.NONE;
    private Downloads downloads = Downloads.NONE;
    private PackageSizes sizes = PackageSizes.UNKNOWN;
    private Duration buildTime = Duration.ZERO;
    private Optional<CairnException> nextFailure = Optional.empty();

    public FakeProfile(Catalog catalog) {
        this.catalog = catalog;
        states.put(0, List.of());
    }

    /** Makes every build take this long. */
    public FakeProfile slow(Duration time) {
        buildTime = time;
        return this;
    }

    /** What the files of every installed package tell. */
    public void tell(PackageFacts found) {
        facts = found;
    }

    /** How large every package is. */
    public void measure(PackageSizes found) {
        sizes = found;
    }

    /** Has everything that is installed fetched, and nothing built. */
    public void fetch(Downloads found) {
        downloads = found;
    }

    /** Makes the next call that changes or plans something fail. */
    public void failNext(CairnException failure) {
        nextFailure = Optional.of(failure);
    }

    /** Puts packages into the profile, as a generation of its own. */
    public FakeProfile with(String... specifications) throws CairnException {
        List<Request> requests = new ArrayList<>();
        for (String specification : specifications) {
            requests.add(new Request.Install(Specification.parse(specification)));
        }
        apply(plan(requests), EventSink.NONE);
        return this;
    }

    public static StorePath item(String name) {
        StringBuilder hash = new StringBuilder();
        String digits = "0123456789abcdfghijklmnpqrsvwxyz";
        long seed = name.hashCode();
        for (int i = 0; i < 32; i++) {
            seed = seed * 6364136223846793005L + 1442695040888963407L;
            hash.append(digits.charAt((int) (seed >>> 59)));
        }
        try {
            return StoreDirectory.GNU.item(hash + "-" + name);
        } catch (FormatException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public synchronized Installed read() throws CairnException {
        failIfAsked();
        return new Installed(current, states.get(current));
    }

    @Override
    public synchronized Plan plan(List<Request> requests) throws CairnException {
        failIfAsked();
        List<ManifestEntry> after = new ArrayList<>(states.get(current));
        List<Change> changes = new ArrayList<>();
        List<StorePath> toBuild = new ArrayList<>();
        List<String> impure = new ArrayList<>();
        String cause = "";
        for (Request request : requests) {
            switch (request) {
                case Request.Install install -> {
                    CatalogPackage found = catalog.resolve(install.specification());
                    put(after, changes, found, toBuild);
                    if (found.impure()) {
                        impure.add(found.name());
                    }
                    cause = "Installed " + found.name();
                }
                case Request.Remove remove -> {
                    after.stream()
                            .filter(entry -> entry.name().equals(remove.specification().name()))
                            .forEach(entry -> changes.add(new Change.Removed(entry, "")));
                    after.removeIf(entry -> entry.name().equals(remove.specification().name()));
                    cause = "Removed " + remove.specification().name();
                }
                case Request.Upgrade upgrade -> {
                    for (ManifestEntry entry : List.copyOf(after)) {
                        if (upgrade.specification().map(s -> s.name().equals(entry.name())).orElse(true)) {
                            put(after, changes, catalog.versions(entry.name()).getFirst(), toBuild);
                        }
                    }
                    cause = "Upgraded " + upgrade.specification().map(Specification::name).orElse("everything");
                }
                case Request.InstallItem _ -> throw new UnsupportedOperationException();
            }
        }
        boolean fetched = downloads != Downloads.NONE;
        return new Plan(profile, current, requests, changes, List.of(), false, List.of(),
                fetched ? List.of() : toBuild, List.of(), List.of(), List.copyOf(downloads.items().keySet()), downloads,
                fetched ? downloads.downloadSize() : OptionalLong.empty(), impure, new Manifest(after), cause,
                List.of());
    }

    @Override
    public synchronized Outlook upgrades() throws CairnException {
        Plan plan = plan(List.of(new Request.Upgrade(Optional.empty())));
        return new Outlook(plan.changes(), plan.rebuilt());
    }

    private static void put(
            List<ManifestEntry> entries, List<Change> changes, CatalogPackage found, List<StorePath> toBuild) {
        ManifestEntry entry = new ManifestEntry(found.name(), found.version(), "out",
                item(found.name() + "-" + found.version()), List.of(), List.of(), new TreeMap<>());
        Optional<ManifestEntry> before =
                entries.stream().filter(other -> other.name().equals(found.name())).findFirst();
        if (before.filter(other -> other.version().equals(found.version())).isPresent()) {
            return;
        }
        before.ifPresent(entries::remove);
        entries.addFirst(entry);
        changes.add(before.<Change>map(b -> new Change.Upgraded(b, entry, "")).orElse(new Change.Added(entry, "")));
        found.inputs().forEach(input -> toBuild.add(item(input.name() + "-1.drv")));
        toBuild.add(item(found.name() + "-" + found.version() + ".drv"));
    }

    @Override
    public int apply(Plan plan, EventSink events) throws CairnException {
        Activities activities = new Activities(events);
        for (StorePath derivation : plan.toBuild()) {
            try (Activities.Activity activity = activities.start(Event.Kind.BUILD, derivation.toString())) {
                for (String phase : List.of("unpack", "build", "install")) {
                    activity.phase(phase);
                    activity.log("starting phase '" + phase + "'");
                    activity.log("phase '" + phase + "' succeeded after 0.1 seconds");
                    pause(buildTime.dividedBy(3));
                }
                synchronized (this) {
                    failIfAsked();
                }
                activity.finish();
            }
        }
        return commit(plan.result().entries(), plan.cause());
    }

    @Override
    public synchronized int switchTo(int number) throws CairnException {
        failIfAsked();
        current = number;
        return number;
    }

    @Override
    public synchronized List<Generation> generations() {
        return generations.values().stream()
                .map(g -> new Generation(g.number(), g.time(), g.number() == current, g.parent(), g.cause(),
                        tags.getOrDefault(g.number(), GenerationTag.NONE), g.item()))
                .toList();
    }

    /** What a generation held is in the store no more. */
    public synchronized void lose(int generation) {
        states.remove(generation);
    }

    private void requireThere(int number) throws ProfileException.Gone {
        if (!states.containsKey(number)) {
            throw new ProfileException.Gone(number, item("profile"));
        }
    }

    @Override
    public synchronized Comparison compare(int from, int to) throws CairnException {
        compared++;
        requireThere(from);
        requireThere(to);
        List<Change> changes = new ArrayList<>();
        for (ManifestEntry entry : states.get(to)) {
            Optional<ManifestEntry> before = named(states.get(from), entry.name());
            if (before.isEmpty()) {
                changes.add(new Change.Added(entry, ""));
            } else if (!before.get().version().equals(entry.version())) {
                changes.add(new Change.Upgraded(before.get(), entry, ""));
            }
        }
        for (ManifestEntry entry : states.get(from)) {
            if (named(states.get(to), entry.name()).isEmpty()) {
                changes.add(new Change.Removed(entry, ""));
            }
        }
        return new Comparison(
                changes,
                states.get(to).stream()
                        .filter(entry -> changes.stream().noneMatch(change -> change.entry().equals(entry)))
                        .toList());
    }

    /** How often generations were compared. */
    public synchronized int compared() {
        return compared;
    }

    @Override
    public synchronized long closureSize(StorePath item) throws CairnException {
        failIfAsked();
        return states.get(Integer.parseInt(item.name().substring("profile-".length()))).size() * 1_000_000L;
    }

    @Override
    public synchronized void tag(int number, GenerationTag.Change change) throws CairnException {
        failIfAsked();
        tags.put(number, change.of(tags.getOrDefault(number, GenerationTag.NONE)));
    }

    @Override
    public synchronized void deleteGenerations(Collection<Integer> numbers) {
        numbers.forEach(number -> {
            states.remove(number);
            generations.remove(number);
        });
    }

    @Override
    public Path link() {
        return profile.link();
    }

    private static Optional<ManifestEntry> named(List<ManifestEntry> entries, String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    @Override
    public List<String> programs(ManifestEntry entry) {
        return List.of(entry.name());
    }

    @Override
    public PackageFacts facts(ManifestEntry entry) {
        return facts;
    }

    @Override
    public PackageSizes sizes(Plan plan, ManifestEntry entry) throws CairnException {
        failIfAsked();
        return sizes;
    }

    @Override
    public PackageSizes sizes(ManifestEntry entry) throws CairnException {
        return sizes;
    }

    @Override
    public Path launcher(String program) {
        return Path.of("/home/someone/.local/share/cairn/bin").resolve(program);
    }

    private synchronized int commit(List<ManifestEntry> entries, String cause) {
        int number = states.lastKey() + 1;
        states.put(number, List.copyOf(entries));
        generations.put(number, new Generation(number, FIRST.plus(Duration.ofHours(number)), true,
                OptionalInt.of(current), Optional.of(cause), GenerationTag.NONE, item("profile-" + number)));
        current = number;
        return number;
    }

    private void failIfAsked() throws CairnException {
        Optional<CairnException> failure = nextFailure;
        nextFailure = Optional.empty();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private static void pause(Duration time) throws CairnException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException _) {
            throw new DaemonException.Cancelled();
        }
    }
}
