// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import dev.cairn.app.format.RelativeTimes;
import dev.cairn.app.profile.ProfileActions;
import dev.cairn.app.profile.ProfileModel;
import dev.cairn.app.shell.Intent;
import dev.cairn.app.shell.Navigator;
import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Latest;
import dev.cairn.app.task.Tasks;
import dev.cairn.error.CairnException;
import dev.cairn.profile.Generation;
import dev.cairn.profile.GenerationTag;
import dev.cairn.profile.ProfileException;
import dev.cairn.transaction.Change;
import dev.cairn.ui.l10n.Messages;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
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
        comparing = new Latest(tasks);
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

    /** About the chosen generation, once read. */
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
                this::read,
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
            look(row);
        }
    }

    private void look(TimelineRow row) {
        selected.set(Optional.of(row));
        details.set(Optional.empty());
        int current = rows.stream().filter(TimelineRow::isCurrent).mapToInt(TimelineRow::number).findFirst().orElse(0);
        comparing.run(
                () -> new GenerationDetails(
                        row,
                        current,
                        made(row.generation()),
                        row.gone() ? List.of() : actions.difference(current, row.number())),
                result -> details.set(Optional.of(result)),
                exception -> failure.set(Optional.of(Failure.of(exception))));
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
            if (!generation.tag().labelled(text).equals(generation.tag())) {
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
                .ifPresentOrElse(this::look, () -> {
                    selected.set(Optional.empty());
                    details.set(Optional.empty());
                });
    }

    private List<TimelineRow> read() throws CairnException {
        List<Generation> generations = actions.generations();
        List<TimelineRow> result = new ArrayList<>();
        int below = 0;
        for (Generation generation : generations) {
            if (generation.number() == 0 && !generation.current()) {
                continue;
            }
            result.add(row(generation, below));
            below = generation.number();
        }
        result = new ArrayList<>(result.reversed());
        for (int i = 0; i < result.size(); i++) {
            if (i == 0 || !result.get(i - 1).day().equals(result.get(i).day())) {
                result.set(i, headed(result.get(i)));
            }
        }
        return result;
    }

    private TimelineRow row(Generation generation, int below) throws CairnException {
        int parent = generation.parent().orElse(below);
        int added = 0;
        int upgraded = 0;
        int removed = 0;
        boolean gone = false;
        List<Change> changes = List.of();
        try {
            changes = generation.number() == 0 ? List.of() : difference(parent, generation.number());
        } catch (ProfileException.Gone e) {
            // Where only the parent is gone there is nothing left to compare with.
            gone = e.number() == generation.number() || isGone(generation.number());
        }
        for (Change change : changes) {
            switch (change) {
                case Change.Added _ -> added++;
                case Change.Upgraded _ -> upgraded++;
                case Change.Removed _ -> removed++;
            }
        }
        ZonedDateTime made = generation.time().atZone(zone);
        String cause = generation.cause()
                .orElse(messages.text(generation.number() == 0 ? "cause.empty" : "cause.unknown"));
        return new TimelineRow(
                generation,
                made.toLocalDate(),
                messages.text("time", TIME.format(made), RelativeTimes.text(generation.time(), clock.instant())),
                cause,
                added,
                upgraded,
                removed,
                generation.number() > 0 && parent != below,
                gone,
                false);
    }

    private boolean isGone(int number) throws CairnException {
        try {
            actions.difference(0, number);
            return false;
        } catch (ProfileException.Gone _) {
            return true;
        }
    }

    /** A parent may have been deleted since; then there is nothing left to compare with. */
    private List<Change> difference(int parent, int number) throws CairnException {
        boolean known = parent == 0
                || actions.generations().stream().anyMatch(generation -> generation.number() == parent);
        return known ? actions.difference(parent, number) : List.of();
    }

    private String made(Generation generation) {
        return messages.text(
                "made", DAY.format(generation.time().atZone(zone)), TIME.format(generation.time().atZone(zone)));
    }

    private static TimelineRow headed(TimelineRow row) {
        return new TimelineRow(
                row.generation(), row.day(), row.time(), row.cause(), row.added(), row.upgraded(), row.removed(),
                row.branch(), row.gone(), true);
    }
}
