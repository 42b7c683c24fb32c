// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import dev.cairn.app.profile.ProfileActions;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.shell.Intent;
import dev.cairn.app.shell.Navigator;
import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Latest;
import dev.cairn.app.task.Tasks;
import dev.cairn.error.CairnException;
import dev.cairn.path.StorePath;
import dev.cairn.profile.Generation;
import dev.cairn.profile.GenerationTag;
import dev.cairn.profile.ProfileException;
import dev.cairn.transaction.Change;
import dev.cairn.ui.l10n.Messages;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The timeline: what each generation changed, how the chosen one differs from the current one, and the way back. */
public final class TimelineViewModel {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT);

    private final ProfileActions actions;
    private final ProfileModel profile;
    private final Navigator navigator;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Messages messages = Messages.of("timeline");
    private final TimelineReader reader;
    private final Latest reading;
    private final Latest comparing;
    private final ObservableList<TimelineRow> rows = FXCollections.observableArrayList();
    // Kept, because such a view hears of changes only as long as something holds it.
    private final ObservableList<TimelineRow> rowsView = FXCollections.unmodifiableObservableList(rows);
    private final ReadOnlyBooleanWrapper loaded = new ReadOnlyBooleanWrapper(false);
    private final ReadOnlyObjectWrapper<Optional<Failure>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<TimelineRow>> selected =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<GenerationDetails>> details =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<TimelineRow>> compared =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<ClosureSizes>> sizes =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Failure>> trouble = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(false);
    private final StringProperty draft = new SimpleStringProperty("");
    private final Map<StorePath, Long> measured = new ConcurrentHashMap<>();
    private final ReadOnlyBooleanWrapper canRollBack = new ReadOnlyBooleanWrapper(false);
    private Optional<Integer> wanted = Optional.empty();
    private boolean updating;

    public TimelineViewModel(
            ProfileModel profile, Navigator navigator, Tasks tasks, InstantSource clock, ZoneId zone) {
        this.actions = profile.actions();
        this.profile = profile;
        this.navigator = navigator;
        this.clock = clock;
        this.zone = zone;
        reading = new Latest(tasks);
        comparing = Latest.interrupting(tasks);
        reader = new TimelineReader(actions, clock, zone);
        profile.installedProperty().subscribe((_, _) -> refresh());
    }

    /** Newest first; the empty generation 0 is among them only while it is the current one. */
    public ObservableList<TimelineRow> rows() {
        return rowsView;
    }

    /** Whether the generations were read at least once. */
    public ReadOnlyBooleanProperty loadedProperty() {
        return loaded.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<TimelineRow>> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    /** The one that the chosen generation is compared with; without one, that is the current one. */
    public ReadOnlyObjectProperty<Optional<TimelineRow>> comparedProperty() {
        return compared.getReadOnlyProperty();
    }

    /** What the two take with all that they need, once measured. */
    public ReadOnlyObjectProperty<Optional<ClosureSizes>> sizesProperty() {
        return sizes.getReadOnlyProperty();
    }

    /** Why they could not be compared, if so. */
    public ReadOnlyObjectProperty<Optional<Failure>> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    /** Whether they are being compared or measured. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** The name of the chosen generation as it is being typed; what happens meanwhile does not touch it. */
    public StringProperty draftProperty() {
        return draft;
    }

    /** Whether something else was typed than the name that the chosen generation has. */
    public boolean isDrafting() {
        return !draft.get().equals(selected.get().map(TimelineViewModel::label).orElse(""));
    }

    /** Takes back what was typed. */
    public void resetDraft() {
        draft.set(selected.get().map(TimelineViewModel::label).orElse(""));
    }

    /** How the two differ, once read; empty where there are no two, or nothing is left to compare. */
    public ReadOnlyObjectProperty<Optional<GenerationDetails>> detailsProperty() {
        return details.getReadOnlyProperty();
    }

    /** Whether there is a generation to go back to. */
    public ReadOnlyBooleanProperty canRollBackProperty() {
        return canRollBack.getReadOnlyProperty();
    }

    /** How a day is written above its generations. */
    public String dayText(LocalDate day) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        if (day.equals(today)) {
            return messages.text("day.today");
        }
        return day.equals(today.minusDays(1)) ? messages.text("day.yesterday") : DAY.format(day);
    }

    /** Reads the generations again. */
    public void refresh() {
        reading.run(
                reader::read,
                result -> {
                    failure.set(Optional.empty());
                    show(result);
                },
                exception -> failure.set(Optional.of(Failure.of(exception))));
    }

    /** Chooses a generation to look at. What a list does by itself while its rows are replaced is no choice. */
    public void select(TimelineRow row) {
        if (!updating) {
            wanted = Optional.of(row.number());
            look(row, Optional.empty());
        }
    }

    /** Compares the chosen generation with a second one; with itself ends that. */
    public void compareWith(TimelineRow row) {
        if (updating) {
            return;
        }
        selected.get().ifPresentOrElse(
                first -> {
                    wanted = Optional.of(first.number());
                    look(first, Optional.of(row).filter(other -> other.number() != first.number()));
                },
                () -> select(row));
    }

    /** Compares with the row {@code step} further down the list, from the second generation or else the chosen one. */
    public void extend(int step) {
        int from = rows.indexOf(compared.get().or(selected::get).orElse(null));
        if (from >= 0 && from + step >= 0 && from + step < rows.size()) {
            compareWith(rows.get(from + step));
        }
    }

    /** Looks at the chosen generation alone again. */
    public void endComparing() {
        selected.get().ifPresent(this::compareWith);
    }

    private void look(TimelineRow row, Optional<TimelineRow> second) {
        String label = label(row);
        boolean stays = selected.get().filter(before -> before.number() == row.number()).isPresent();
        if (!stays || draft.get().equals(label(selected.get().get()))) {
            draft.set(label);
        }
        selected.set(Optional.of(row));
        compared.set(second);
        compare();
    }

    private static String label(TimelineRow row) {
        return row.generation().tag().label().orElse("");
    }

    /** Finds out how the two that are looked at differ, and brings it while these are still the two. */
    public void compare() {
        trouble.set(Optional.empty());
        Optional<GenerationPair> pair = selected.get().flatMap(row -> GenerationPair.of(row, compared.get(), rows));
        boolean stays = pair.isPresent()
                && details.get().filter(shown -> shown.pair().isSameAs(pair.get())).isPresent();
        if (!stays) {
            details.set(Optional.empty());
            sizes.set(Optional.empty());
        }
        if (pair.isEmpty()) {
            comparing.forget();
            busy.set(false);
            return;
        }
        GenerationPair wantedPair = pair.get();
        busy.set(true);
        comparing.run(
                () -> new GenerationDetails(
                        wantedPair, actions.compare(wantedPair.before().number(), wantedPair.after().number())),
                result -> {
                    details.set(Optional.of(result));
                    measure(wantedPair);
                },
                this::failed);
    }

    /** Afterwards, because it may take longer. */
    private void measure(GenerationPair pair) {
        comparing.run(
                () -> new ClosureSizes(size(pair.before()), size(pair.after())),
                result -> {
                    busy.set(false);
                    sizes.set(Optional.of(result));
                },
                this::failed);
    }

    private void failed(CairnException exception) {
        busy.set(false);
        trouble.set(Optional.of(Failure.of(exception)));
    }

    /** What an item takes never changes. */
    private long size(TimelineRow row) throws CairnException {
        if (row.number() == 0) {
            return 0;
        }
        StorePath item = row.generation().item();
        Long known = measured.get(item);
        if (known == null) {
            known = actions.closureSize(item);
            measured.put(item, known);
        }
        return known;
    }

    /** Chooses the generation with this number, as soon as it is known. */
    public void selectNumber(int number) {
        wanted = Optional.of(number);
        rows.stream().filter(row -> row.number() == number).findFirst().ifPresent(this::select);
    }

    /** Makes the chosen generation the current one. */
    public void switchToSelected() {
        selected.get()
                .filter(row -> !row.isCurrent() && !row.gone())
                .ifPresent(row -> switchTo(row.number(), "switched"));
    }

    /**
     * Names the chosen generation, or takes its name off.
     *
     * @return why nothing can be called that
     */
    public Optional<Failure> label(String text) {
        if (selected.get().isEmpty()) {
            return Optional.empty();
        }
        Generation generation = selected.get().get().generation();
        try {
            GenerationTag labelled = generation.tag().labelled(text);
            draft.set(labelled.label().orElse(""));
            if (!labelled.equals(generation.tag())) {
                tag(generation, tag -> tag.labelled(text), "labelling");
            }
            return Optional.empty();
        } catch (ProfileException.BadLabel e) {
            return Optional.of(Failure.of(e));
        }
    }

    /** Pins the chosen generation, so that it stays when others are deleted, or takes the pin off. */
    public void togglePin() {
        selected.get().filter(row -> row.number() > 0).ifPresent(row -> {
            boolean pin = !row.generation().tag().pinned();
            tag(row.generation(), tag -> tag.pinned(pin), pin ? "pinning" : "unpinning");
        });
    }

    /** @param title the key of what the operation is called; the number is said behind it */
    private void tag(Generation generation, GenerationTag.Change change, String title) {
        profile.tag(generation.number(), change, messages.text(title, generation.number()), this::refresh);
    }

    /** Whether the chosen generation can be deleted; if not, it is the current one or pinned. */
    public boolean canDelete() {
        return selected.get().filter(row -> row.generation().isExpendable()).isPresent();
    }

    /** Goes to where generations are deleted, with the chosen one marked for that. Deletes nothing yet. */
    public void deleteSelected() {
        if (canDelete()) {
            selected.get().ifPresent(row -> navigator.show(new Intent.DeleteGeneration(row.number())));
        }
    }

    /** Makes the generation that the current one was made from the current one. */
    public void rollBack() {
        previous().ifPresent(number -> switchTo(number, "rolledBack"));
    }

    /** @param done the key of what to say afterwards; the number is said behind it */
    private void switchTo(int number, String done) {
        wanted = Optional.empty();
        profile.switchTo(number, messages.text("switching", number), messages.text(done));
    }

    /** The number that rolling back leads to: the parent, or where that is gone the next lower one there is, or 0. */
    private Optional<Integer> previous() {
        Optional<TimelineRow> current =
                rows.stream().filter(TimelineRow::isCurrent).findFirst().filter(row -> row.number() > 0);
        return current.map(row -> {
            OptionalInt parent = row.generation().parent();
            boolean there = parent.isPresent()
                    && (parent.getAsInt() == 0
                            || rows.stream().anyMatch(other -> other.number() == parent.getAsInt()));
            return there
                    ? parent.getAsInt()
                    : rows.stream().mapToInt(TimelineRow::number).filter(n -> n < row.number()).max().orElse(0);
        });
    }

    private void show(List<TimelineRow> result) {
        updating = true;
        rows.setAll(result);
        updating = false;
        loaded.set(true);
        canRollBack.set(previous().isPresent());
        result.stream()
                .filter(row -> wanted.isPresent() && row.number() == wanted.get())
                .findFirst()
                .or(() -> result.stream().filter(TimelineRow::isCurrent).findFirst())
                .ifPresentOrElse(row -> look(row, second(row)), () -> {
                    selected.set(Optional.empty());
                    compared.set(Optional.empty());
                    compare();
                });
    }

    /** The second one as it is now, if the first is still the same. */
    private Optional<TimelineRow> second(TimelineRow first) {
        boolean same = selected.get().filter(row -> row.number() == first.number()).isPresent();
        return compared.get()
                .filter(_ -> same)
                .flatMap(before -> rows.stream().filter(row -> row.number() == before.number()).findFirst());
    }

    /** When a generation was made, in full. */
    public String made(Generation generation) {
        return messages.text(
                "made", DAY.format(generation.time().atZone(zone)), TIME.format(generation.time().atZone(zone)));
    }
}
