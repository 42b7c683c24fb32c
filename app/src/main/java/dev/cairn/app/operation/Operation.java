// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.operation;

import dev.cairn.app.format.ByteSizes;
import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Running;
import dev.cairn.bridge.EventBatch;
import dev.cairn.event.Event;
import dev.cairn.ui.l10n.Messages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Something the user started that takes time. Lives on the user interface's thread. */
public final class Operation {
    /** How far it is. */
    public enum State {
        WAITING,
        RUNNING,
        CANCELLING,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        public boolean ended() {
            return this == SUCCEEDED || this == FAILED || this == CANCELLED;
        }
    }

    static final int MAX_LINES = 5000;

    /** Those of a profile: itself and what lies over it. */
    private static final int FEW_BUILDS = 2;

    private static final Messages TEXTS = Messages.of("shell");

    private final String title;
    private final Foreseen foreseen;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.WAITING);
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(-1);
    private final ReadOnlyObjectWrapper<Optional<Failure>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObservableList<Activity> activities = FXCollections.observableArrayList();
    private final ObservableList<String> log = FXCollections.observableArrayList();
    // Kept, because such a view hears of changes only as long as something holds it.
    private final ObservableList<Activity> activitiesView = FXCollections.unmodifiableObservableList(activities);
    private final ObservableList<String> logView = FXCollections.unmodifiableObservableList(log);
    private final Map<Long, Activity> byId = new HashMap<>();
    private final Transfer transfer;
    private final ReadOnlyStringWrapper transferred = new ReadOnlyStringWrapper("");
    private int completed;
    private Running running = Running.NOTHING;
    private Runnable retry = () -> {};

    /**
     * @param title such as {@code Install hello}
     */
    Operation(String title, Foreseen foreseen) {
        this.title = title;
        this.foreseen = foreseen;
        this.transfer = new Transfer(foreseen.downloads());
        this.summary.set(title);
    }

    public String title() {
        return title;
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public State state() {
        return state.get();
    }

    /** What it does right now, as one line. */
    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /** What all downloads together have brought, how fast, and how long the rest will take; empty without any. */
    public ReadOnlyStringProperty transferredProperty() {
        return transferred.getReadOnlyProperty();
    }

    /** From 0 to 1; negative when not known. */
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** Why it failed, once it did. */
    public ReadOnlyObjectProperty<Optional<Failure>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /** In the order in which they began. */
    public ObservableList<Activity> activities() {
        return activitiesView;
    }

    /** The last lines that builders wrote. */
    public ObservableList<String> log() {
        return logView;
    }

    /** Asks it to stop; what is complete stays in the store, the profile is unchanged. */
    public void cancel() {
        if (state.get() == State.RUNNING) {
            state.set(State.CANCELLING);
            running.cancel();
        } else if (state.get() == State.WAITING) {
            state.set(State.CANCELLED);
        }
    }

    /** Does the same once more, as a new operation. */
    public void retry() {
        retry.run();
    }

    void whenRetried(Runnable action) {
        retry = action;
    }

    void started(Running handle) {
        running = handle;
        state.set(State.RUNNING);
    }

    void succeeded() {
        progress.set(1);
        summary.set(title);
        tellDownloaded();
        state.set(State.SUCCEEDED);
    }

    void failed(Failure reason) {
        failure.set(Optional.of(reason));
        summary.set(title);
        tellDownloaded();
        // Whatever stops something that is being cancelled does so because of that.
        boolean cancelled = reason.cancelled() || state.get() == State.CANCELLING;
        state.set(cancelled ? State.CANCELLED : State.FAILED);
    }

    void tick(Instant now) {
        byId.values().forEach(activity -> activity.tick(now));
        tellTransfer(now);
    }

    void receive(EventBatch batch, Instant now) {
        if (batch.droppedLines() > 0) {
            append(TEXTS.text("log.dropped", batch.droppedLines()));
        }
        for (Event event : batch.events()) {
            switch (event) {
                case Event.Started started -> begin(started, now);
                case Event.Progressed p -> find(p).ifPresent(activity -> activity.progress(p, now));
                case Event.Phase phase -> find(phase).ifPresent(activity -> activity.phase(phase.name(), now));
                case Event.LogLine line -> {
                    append(line.line());
                    find(line).ifPresent(activity -> activity.sign(now));
                }
                case Event.Output _, Event.Message _, Event.Trace _ -> {
                    // Said by other events as well.
                }
                case Event.Note note -> append(note.text());
                case Event.Finished finished -> find(finished).ifPresent(a -> end(a, Activity.State.SUCCEEDED, now));
                case Event.Failed failed -> find(failed).ifPresent(a -> end(a, Activity.State.FAILED, now));
                case Event.Cancelled given -> find(given).ifPresent(a -> end(a, Activity.State.CANCELLED, now));
            }
        }
        countOctets(now);
        if (log.size() > MAX_LINES) {
            log.remove(0, log.size() - MAX_LINES);
        }
    }

    private Optional<Activity> find(Event event) {
        return Optional.ofNullable(byId.get(event.activity()));
    }

    private void begin(Event.Started started, Instant now) {
        if (started.kind() == Event.Kind.OPERATION) {
            // The operation itself is the heading; only its parts are rows.
            return;
        }
        Activity activity = new Activity(started, foreseen.prepared().contains(started.subject()), now);
        byId.put(started.activity(), activity);
        if (activity.isTransfer()) {
            transfer.reached(transfer.done(), now);
        }
        if (activity.isShown()) {
            activities.add(activity);
            if (activity.kind() != Event.Kind.FETCH || activities.size() == 1) {
                summary.set(activity.title());
            }
        }
    }

    private void end(Activity activity, Activity.State result, Instant now) {
        activity.end(result, now);
        if (activity.kind() == Event.Kind.BUILD) {
            completed++;
            advance();
        }
    }

    private void countOctets(Instant now) {
        long octets = byId.values().stream().mapToLong(Activity::downloaded).sum();
        if (octets != transfer.done()) {
            transfer.total(expected());
            transfer.reached(octets, now);
            advance();
            tellTransfer(now);
        }
    }

    /** Who fetches knows best while that is all; what the plan foresaw else. */
    private OptionalLong expected() {
        List<Activity> coming = byId.values().stream().filter(Activity::isTransfer).toList();
        boolean whole = !coming.isEmpty()
                && coming.stream().allMatch(activity ->
                        activity.kind() == Event.Kind.FETCH && activity.expected().isPresent());
        return whole
                ? OptionalLong.of(coming.stream().mapToLong(activity -> activity.expected().getAsLong()).sum())
                : foreseen.downloads();
    }

    /** Where little is built, downloading is what takes the time; the bar never goes back. */
    private void advance() {
        double share = expected().orElse(0) == 0 ? 0 : foreseen.builds() > FEW_BUILDS ? 0.5 : 0.9;
        double built =
                foreseen.builds() > 0 ? Math.min(1, (double) completed / foreseen.builds()) : transfer.fraction();
        if (share > 0 || foreseen.builds() > 0) {
            progress.set(Math.max(progress.get(), share * transfer.fraction() + (1 - share) * built));
        }
    }

    private void tellTransfer(Instant now) {
        if (transfer.done() > 0 && !state.get().ended()) {
            List<String> parts = new ArrayList<>(List.of(transfer.extent()));
            parts.addAll(transfer.pace(now));
            transferred.set(String.join(" \u00b7 ", parts));
        }
    }

    private void tellDownloaded() {
        transferred.set(
                transfer.done() > 0 ? TEXTS.text("activity.downloaded", ByteSizes.text(transfer.done())) : "");
    }

    private void append(String line) {
        log.add(line);
    }
}
