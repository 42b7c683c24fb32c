// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import dev.cairn.app.channel.ChannelsModel;
import dev.cairn.app.feature.preview.PreviewContents;
import dev.cairn.app.feature.preview.PreviewViewModel;
import dev.cairn.app.operation.Operation;
import dev.cairn.app.profile.Installed;
import dev.cairn.app.profile.PackageFacts;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.profile.UpgradesModel;
import dev.cairn.app.shell.Intent;
import dev.cairn.app.shell.Navigator;
import dev.cairn.app.shell.SectionId;
import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Latest;
import dev.cairn.app.task.Running;
import dev.cairn.app.task.Source;
import dev.cairn.app.task.Tasks;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.PackageKey;
import dev.cairn.error.CairnException;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.packages.Specification;
import dev.cairn.transaction.Plan;
import dev.cairn.transaction.Request;
import dev.cairn.ui.l10n.Messages;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** One package in full: what it is, how it stands to the profile, what installing it would cost, how to run it. */
public final class DetailsViewModel {
    /** Planning adds derivations to the store, so it waits until the user stays at a package. */
    private static final Duration BEFORE_PLANNING = Duration.ofMillis(300);

    private static final Messages TEXTS = Messages.of("packages");

    private final Source<Catalog> catalog;
    private final ProfileModel profile;
    private final UpgradesModel upgrades;
    private final PreviewViewModel preview;
    private final ChannelsModel channels;
    private final Navigator navigator;
    private final Tasks tasks;
    private final Latest loadingDetails;
    private final Latest costing;
    private final ReadOnlyObjectWrapper<Optional<Details>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<PackageState> state = new ReadOnlyObjectWrapper<>(PackageState.AVAILABLE);
    private final ReadOnlyObjectWrapper<Optional<Operation>> changing =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper meaning = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<List<Program>> programs = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<PackageFacts> facts = new ReadOnlyObjectWrapper<>(PackageFacts.NONE);
    private final PackageMeasures sizes;
    private final ReadOnlyObjectWrapper<Optional<Offer>> offer = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyObjectWrapper<Optional<Failure>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Running planSoon = Running.NOTHING;
    private Runnable again = () -> {};

    public DetailsViewModel(
            Source<Catalog> catalog,
            ProfileModel profile,
            UpgradesModel upgrades,
            PreviewViewModel preview,
            ChannelsModel channels,
            Navigator navigator,
            Tasks tasks) {
        this.catalog = catalog;
        this.channels = channels;
        this.profile = profile;
        this.upgrades = upgrades;
        this.preview = preview;
        this.navigator = navigator;
        this.tasks = tasks;
        this.loadingDetails = new Latest(tasks);
        this.costing = new Latest(tasks);
        this.sizes = new PackageMeasures(profile.actions(), tasks);
        profile.installedProperty().subscribe((_, _) -> relate());
        upgrades.upgradesProperty().subscribe((_, _) -> relate());
        profile.pendingProperty().subscribe((_, _) -> relate());
    }

    /**
     * What the catalog knows.
     *
     * @param versions all there are, the newest first
     * @param dependents names of packages that need it
     */
    record Details(CatalogPackage definition, List<PackageKey> versions, List<String> dependents) {
        /** Whether the catalog says how large it is. */
        boolean tellsSizes() {
            return definition.properties().containsKey("installed-size");
        }

        /** Names of packages it needs to be built or to run, without doubles. */
        List<String> dependencies() {
            TreeSet<String> names = new TreeSet<>();
            definition.inputs().forEach(input -> names.add(input.name()));
            definition.propagatedInputs().forEach(input -> names.add(input.name()));
            definition.nativeInputs().forEach(input -> names.add(input.name()));
            return List.copyOf(names);
        }
    }

    /**
     * What can be done where a package that others build cannot just be downloaded.
     *
     * @param why in a sentence or two
     * @param build whether it can be built here instead
     */
    record Offer(String why, boolean build) {}

    /** A program that an installed package brings. @param launcher starts it from anywhere */
    record Program(String name, String launcher) {}

    ReadOnlyObjectProperty<Optional<Details>> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<PackageState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** What changes the shown package right now. */
    ReadOnlyObjectProperty<Optional<Operation>> changingProperty() {
        return changing.getReadOnlyProperty();
    }

    /** One line on how the package stands to the profile or what installing it would cost. */
    public ReadOnlyStringProperty meaningProperty() {
        return meaning.getReadOnlyProperty();
    }

    /** What can be run, for an installed package. */
    ReadOnlyObjectProperty<List<Program>> programsProperty() {
        return programs.getReadOnlyProperty();
    }

    /** What the files of an installed package tell beyond the catalog. */
    ReadOnlyObjectProperty<PackageFacts> factsProperty() {
        return facts.getReadOnlyProperty();
    }

    /** How much is to be downloaded, and how much room it takes, as far as that is known yet. */
    ReadOnlyObjectProperty<List<PackageMeasures.Fact>> sizesProperty() {
        return sizes.factsProperty();
    }

    /** What to do about it, where no server offers the package. */
    ReadOnlyObjectProperty<Optional<Offer>> offerProperty() {
        return offer.getReadOnlyProperty();
    }

    /** Shows from where packages are downloaded, and whose are believed. */
    void showServers() {
        navigator.show(SectionId.TRUST);
    }

    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /** Shows the best version of a package. */
    public void show(String name) {
        load(() -> catalog.get().resolve(new Specification(name, Optional.empty(), Optional.empty())).key());
    }

    /** Shows one version of a package. */
    public void show(PackageKey key) {
        load(() -> key);
    }

    /** Finds out again what installing would take: others may offer it now. */
    public void planAgain() {
        relate();
    }

    /** Shows the same package again, as the catalog has it now; or what is on its way, if something else was asked for. */
    void reload() {
        if (loading.get()) {
            again.run();
        } else {
            shown.get().ifPresent(details -> show(details.definition().key()));
        }
    }

    /** Tries once more after a failure. */
    public void retry() {
        again.run();
    }

    /** Whether the shown version is the installed one. */
    boolean shownVersionInstalled() {
        return installedEntries().stream()
                .anyMatch(entry -> shown.get()
                        .filter(details -> details.definition().version().equals(entry.version()))
                        .isPresent());
    }

    /** Proposes to install the shown version. */
    void install() {
        shown.get().ifPresent(details -> preview.install(specification(details)));
    }

    void upgrade() {
        name().ifPresent(preview::upgrade);
    }

    void remove() {
        name().ifPresent(preview::remove);
    }

    boolean canShowGraph() {
        return navigator.has(SectionId.GRAPH);
    }

    void showGraph() {
        name().ifPresent(name -> navigator.show(new Intent.ShowGraph(
                name, installedEntries().stream().map(ManifestEntry::item).findFirst())));
    }

    /** The command line that does what the button does. */
    Optional<String> command() {
        return shown.get().map(details -> switch (state.get()) {
            case AVAILABLE, INSTALLING -> "cairn install " + specification(details);
            case UPGRADABLE, UPGRADING -> "cairn upgrade " + details.definition().name();
            case INSTALLED -> "cairn show " + details.definition().name();
            case REMOVING -> "cairn remove " + details.definition().name();
        });
    }

    private void load(Source<PackageKey> which) {
        again = () -> load(which);
        loading.set(true);
        failure.set(Optional.empty());
        loadingDetails.run(
                () -> read(which.get()),
                details -> {
                    loading.set(false);
                    programs.set(List.of());
                    facts.set(PackageFacts.NONE);
                    shown.set(Optional.of(details));
                    relate();
                },
                exception -> {
                    loading.set(false);
                    shown.set(Optional.empty());
                    failure.set(Optional.of(Failure.of(exception)));
                });
    }

    private Details read(PackageKey key) throws CairnException {
        Catalog open = catalog.get();
        List<CatalogPackage> versions = open.versions(key.name());
        CatalogPackage definition = versions.stream()
                .filter(version -> version.key().equals(key))
                .findFirst()
                .orElse(null);
        if (definition == null) {
            definition = open.resolve(new Specification(key.name(), Optional.empty(), Optional.empty()));
        }
        List<String> dependents =
                open.dependents(definition.key()).stream().map(PackageKey::name).distinct().toList();
        return new Details(definition, versions.stream().map(CatalogPackage::key).toList(), dependents);
    }

    /** Says anew how the shown package stands to the profile. */
    private void relate() {
        planSoon.cancel();
        costing.forget();
        offer.set(Optional.empty());
        Optional<Details> details = shown.get();
        if (details.isEmpty()) {
            return;
        }
        List<ManifestEntry> entries = installedEntries();
        String name = details.get().definition().name();
        changing.set(profile.pending(name).map(ProfileModel.Pending::operation));
        state.set(PackageState.of(name, profile, upgrades));
        if (entries.isEmpty()) {
            sizes.stop();
            programs.set(List.of());
            facts.set(PackageFacts.NONE);
            if (changing.get().isPresent()) {
                // What it costs is being paid.
                return;
            }
            meaning.set("");
            sizes.clear();
            planSoon = tasks.after(BEFORE_PLANNING, () -> cost(details.get()));
            return;
        }
        meaning.set(installedMeaning(entries.getFirst(), name));
        if (details.get().tellsSizes()) {
            sizes.clear();
        } else {
            sizes.measure(entries.getFirst());
        }
        look(entries);
    }

    private String installedMeaning(ManifestEntry entry, String name) {
        Installed installed = profile.installed();
        String text = TEXTS.text(
                "meaning.installed", entry.version(), Integer.toString(installed.generation()));
        return upgrades.of(name)
                .map(change -> text + " \u00b7 " + TEXTS.text("meaning.upgradable", change.entry().version()))
                .orElse(text);
    }

    private void cost(Details details) {
        List<Request> requests = List.of(new Request.Install(specification(details)));
        costing.run(
                () -> profile.actions().plan(requests),
                plan -> {
                    meaning.set(PreviewContents.summary(plan));
                    if (isPrebuilt(details) && !plan.toBuild().isEmpty()) {
                        offer.set(Optional.of(new Offer(TEXTS.text("offer.build"), true)));
                    }
                    if (!details.tellsSizes()) {
                        entry(plan, details).ifPresent(entry -> sizes.measure(plan, entry));
                    }
                },
                // Why it cannot be planned is said in full when the user wants to install it.
                exception -> {
                    meaning.set(TEXTS.text("meaning.unplannable"));
                    if (isPrebuilt(details)) {
                        offer.set(Optional.of(new Offer(Failure.of(exception).message() + ".", false)));
                    }
                });
    }

    private boolean isPrebuilt(Details details) {
        return channels.rowsProperty().get().stream()
                .anyMatch(row -> row.isPrebuilt() && row.name().equals(details.definition().key().channel()));
    }

    private static Optional<ManifestEntry> entry(Plan plan, Details details) {
        return plan.result().entries().stream()
                .filter(entry -> entry.name().equals(details.definition().name()))
                .findFirst();
    }

    /** What an installed package brings. */
    private record Found(List<Program> programs, PackageFacts facts) {
        static final Found NOTHING = new Found(List.of(), PackageFacts.NONE);
    }

    private void look(List<ManifestEntry> entries) {
        costing.run(
                () -> {
                    Set<Program> programs = new LinkedHashSet<>();
                    for (ManifestEntry entry : entries) {
                        addPrograms(entry, programs);
                    }
                    return new Found(List.copyOf(programs), profile.actions().facts(entries.getFirst()));
                },
                this::found,
                // A package whose files cannot be listed has nothing to offer.
                _ -> found(Found.NOTHING));
    }

    private void found(Found found) {
        programs.set(found.programs());
        facts.set(found.facts());
    }

    /** Adds an entry's own programs, then those of what comes along with it. */
    private void addPrograms(ManifestEntry entry, Set<Program> found) throws CairnException {
        for (String program : profile.actions().programs(entry)) {
            found.add(new Program(program, profile.actions().launcher(program).toString()));
        }
        if (entry.properties().containsKey(ManifestEntry.DEBIAN)) {
            // What comes along there is the rest of a system.
            return;
        }
        for (ManifestEntry propagated : entry.propagatedInputs()) {
            addPrograms(propagated, found);
        }
    }

    private Specification specification(Details details) {
        CatalogPackage definition = details.definition();
        boolean newest = details.versions().isEmpty() || details.versions().getFirst().equals(definition.key());
        return new Specification(
                definition.name(), newest ? Optional.empty() : Optional.of(definition.version()), Optional.empty());
    }

    private Optional<String> name() {
        return shown.get().map(details -> details.definition().name());
    }

    private List<ManifestEntry> installedEntries() {
        return name().map(profile.installed()::outputsOf).orElse(List.of());
    }
}
