// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import dev.cairn.app.feature.preview.PreviewViewModel;
import dev.cairn.app.channel.ChannelsModel;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.profile.UpgradesModel;
import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Latest;
import dev.cairn.app.task.Source;
import dev.cairn.app.task.Tasks;
import dev.cairn.catalog.Catalog;
import dev.cairn.catalog.SearchHit;
import dev.cairn.error.CairnException;
import dev.cairn.packages.Specification;
import dev.cairn.transaction.Request;
import dev.cairn.ui.l10n.Messages;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** Search as one types: every change of the text asks the catalog, and only the newest answer is shown. */
public final class PackagesViewModel {
    /** More rows than anybody scrolls through; what is behind them is found by typing. */
    static final int MAX_ROWS = 2000;

    private static final int MAX_SUGGESTIONS = 3;
    private static final Messages TEXTS = Messages.of("packages");

    private final Source<Catalog> catalog;
    private final ProfileModel profile;
    private final UpgradesModel upgrades;
    private final PreviewViewModel preview;
    private final DetailsViewModel details;
    private final FetchOfferViewModel offer;
    private final Latest searching;
    private final StringProperty query = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<List<PackageRow>> rows = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<Optional<PackageRow>> selected = new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<NoMatch>> noMatch = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Failure>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper loading = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyStringWrapper count = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<SequencedSet<String>> marked =
            new ReadOnlyObjectWrapper<>(new LinkedHashSet<>());
    private List<SearchHit> hits = List.of();
    private boolean asked;
    private boolean answered;
    private Runnable onceAnswered = () -> {};
    private String detailed = "";

    public PackagesViewModel(
            Source<Catalog> catalog,
            ProfileModel profile,
            UpgradesModel upgrades,
            PreviewViewModel preview,
            DetailsViewModel details,
            ChannelsModel channels,
            Tasks tasks) {
        this.catalog = catalog;
        this.profile = profile;
        this.upgrades = upgrades;
        this.preview = preview;
        this.details = details;
        this.offer = new FetchOfferViewModel(channels);
        this.searching = new Latest(tasks);
        channels.whenChanged(this::changed);
        query.subscribe((_, _) -> search());
        profile.installedProperty().subscribe((_, _) -> clearMarks());
        upgrades.upgradesProperty().subscribe((_, _) -> publish());
        profile.pendingProperty().subscribe((_, _) -> publish());
        selected.subscribe(row -> row.ifPresent(this::showDetails));
    }

    /**
     * A search without a result.
     *
     * @param nearest names that look like the text
     */
    record NoMatch(String text, List<String> nearest) {}

    /** @param total how many packages there are, where all are asked for */
    private record Answer(List<SearchHit> hits, List<String> nearest, int total) {}

    public DetailsViewModel details() {
        return details;
    }

    FetchOfferViewModel offer() {
        return offer;
    }

    /** Other packages than before: what is shown is asked for again. */
    private void changed() {
        if (asked) {
            search();
            details.reload();
        }
    }

    public StringProperty queryProperty() {
        return query;
    }

    ReadOnlyObjectProperty<List<PackageRow>> rowsProperty() {
        return rows.getReadOnlyProperty();
    }

    /** The row whose details are shown. */
    ObjectProperty<Optional<PackageRow>> selectedProperty() {
        return selected;
    }

    ReadOnlyObjectProperty<Optional<NoMatch>> noMatchProperty() {
        return noMatch.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /** Whether the first answer is still awaited; later ones replace rows that are there. */
    public ReadOnlyBooleanProperty loadingProperty() {
        return loading.getReadOnlyProperty();
    }

    /** How many packages there are, or match. */
    public ReadOnlyStringProperty countProperty() {
        return count.getReadOnlyProperty();
    }

    /** Asks the catalog for the first time, when the section is first shown. */
    public void start() {
        if (!asked) {
            search();
        }
    }

    /** Asks the catalog with the text as it is. */
    public void search() {
        asked = true;
        answered = false;
        onceAnswered = () -> {};
        String text = query.get().strip();
        loading.set(hits.isEmpty() && noMatch.get().isEmpty());
        searching.run(
                () -> ask(text),
                answer -> {
                    loading.set(false);
                    failure.set(Optional.empty());
                    hits = answer.hits();
                    noMatch.set(
                            hits.isEmpty() ? Optional.of(new NoMatch(text, answer.nearest())) : Optional.empty());
                    count.set(count(text, answer));
                    publish();
                    answered = true;
                    onceAnswered.run();
                },
                exception -> {
                    loading.set(false);
                    failure.set(Optional.of(Failure.of(exception)));
                });
    }

    /**
     * Does something with the rows that match the text as it is: now, or when they are there. It is not done any more
     * if the text changes before that.
     */
    void onceAnswered(Runnable action) {
        if (answered) {
            action.run();
        } else {
            onceAnswered = action;
        }
    }

    /**
     * Does what a row's button says, which for an installed package is removing it. Its details are shown, because
     * they say afterwards how to run it.
     */
    void act(PackageRow row) {
        selected.set(Optional.of(row));
        switch (row.state()) {
            case AVAILABLE ->
                preview.install(new Specification(row.name(), Optional.empty(), Optional.empty()));
            case UPGRADABLE -> preview.upgrade(row.name());
            case INSTALLED -> preview.remove(row.name());
            case INSTALLING, UPGRADING, REMOVING -> {
                // Its details show how far that is.
            }
        }
    }

    /** The names of packages that are to be changed together, in the order in which they were marked. */
    ReadOnlyObjectProperty<SequencedSet<String>> markedProperty() {
        return marked.getReadOnlyProperty();
    }

    /** Marks a package to be changed together with others, or no longer. */
    void toggleMark(PackageRow row) {
        SequencedSet<String> names = new LinkedHashSet<>(marked.get());
        if (!names.remove(row.name())) {
            names.add(row.name());
        }
        marked.set(names);
        publish();
    }

    /** Forgets what is marked; done by itself when the profile was changed. */
    void clearMarks() {
        marked.set(new LinkedHashSet<>());
        publish();
    }

    /** Shows what doing to each marked package what its button says would do. */
    void reviewMarked() {
        List<Request> requests = new ArrayList<>();
        for (String name : marked.get()) {
            Specification wanted = new Specification(name, Optional.empty(), Optional.empty());
            switch (PackageState.of(name, profile, upgrades)) {
                case AVAILABLE -> requests.add(new Request.Install(wanted));
                case UPGRADABLE -> requests.add(new Request.Upgrade(Optional.of(wanted)));
                case INSTALLED -> requests.add(new Request.Remove(wanted));
                case INSTALLING, UPGRADING, REMOVING -> {
                    // What it will be then is not known yet.
                }
            }
        }
        if (!requests.isEmpty()) {
            preview.change(requests);
        }
    }

    /** Shows the details of a package wherever it is in the list. */
    public void open(String name) {
        rows.get().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .ifPresentOrElse(row -> selected.set(Optional.of(row)), () -> {
                    selected.set(Optional.empty());
                    detailed = name;
                    details.show(name);
                });
    }

    /** Leaves the details as they are when a row is only shown anew: the user may have chosen another version. */
    private void showDetails(PackageRow row) {
        if (!row.name().equals(detailed)) {
            detailed = row.name();
            details.show(row.hit().key());
        }
    }

    private Answer ask(String text) throws CairnException {
        Catalog open = catalog.get();
        List<SearchHit> found = open.search(text, MAX_ROWS);
        return new Answer(
                found,
                found.isEmpty() ? open.suggest(text, MAX_SUGGESTIONS) : List.of(),
                text.isEmpty() ? open.size() : 0);
    }

    private static String count(String text, Answer answer) {
        if (text.isEmpty()) {
            return TEXTS.text("count.all", answer.total());
        }
        return answer.hits().size() == MAX_ROWS
                ? TEXTS.text("count.many", MAX_ROWS)
                : TEXTS.text("count.matches", answer.hits().size());
    }

    private void publish() {
        rows.set(hits.stream().map(hit -> row(hit)).toList());
    }

    private PackageRow row(SearchHit hit) {
        String name = hit.key().name();
        return new PackageRow(hit, PackageState.of(name, profile, upgrades), marked.get().contains(name));
    }
}
