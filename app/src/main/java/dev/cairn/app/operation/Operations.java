// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.operation;

import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Running;
import dev.cairn.app.task.Tasks;
import dev.cairn.app.task.WatchedWork;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * Runs what changes the store or the profile, one after the other in the order in which it was asked for, because each
 * starts from what the one before it left. Lives on the user interface's thread.
 */
public final class Operations {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int MAX_KEPT = 50;

    private final Tasks tasks;
    private final InstantSource clock;
    private final ObservableList<Operation> all = FXCollections.observableArrayList();
    // Kept, because such a view hears of changes only as long as something holds it.
    private final ObservableList<Operation> allView = FXCollections.unmodifiableObservableList(all);
    private final ReadOnlyObjectWrapper<Optional<Operation>> current = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private Consumer<Operation> whenFailed = _ -> {};
    private boolean ticking;

    public Operations(Tasks tasks, InstantSource clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    /** Newest first. */
    public ObservableList<Operation> all() {
        return allView;
    }

    /** The one that is running. */
    public ReadOnlyObjectProperty<Optional<Operation>> currentProperty() {
        return current.getReadOnlyProperty();
    }

    /** Called for each operation that failed, not for those that were cancelled. */
    public void whenFailed(Consumer<Operation> listener) {
        whenFailed = listener;
    }

    /** Runs an operation of which only is known how many builds it takes, 0 when not even that. */
    public <T> Operation run(String title, int builds, WatchedWork<T> work, Consumer<? super T> done) {
        return run(title, Foreseen.builds(builds), work, done);
    }

    /**
     * Runs an operation as soon as those before it have ended.
     *
     * @param work what it does; cancelled by interrupting its thread
     * @param done called with the result when it ended well
     */
    public <T> Operation run(
            String title, Foreseen foreseen, WatchedWork<T> work, Consumer<? super T> done) {
        Operation operation = new Operation(title, foreseen);
        operation.whenRetried(() -> run(title, foreseen, work, done));
        all.addFirst(operation);
        if (all.size() > MAX_KEPT) {
            all.removeLast();
        }
        waiting.add(() -> start(operation, work, done));
        next();
        return operation;
    }

    /** Takes ended operations off the list. */
    public void clearEnded() {
        all.removeIf(operation -> operation.state().ended());
    }

    private void next() {
        while (current.get().isEmpty() && !waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    private <T> void start(Operation operation, WatchedWork<T> work, Consumer<? super T> done) {
        if (operation.state().ended()) {
            // Cancelled while it waited.
            return;
        }
        current.set(Optional.of(operation));
        Running running = tasks.watch(
                work,
                batch -> operation.receive(batch, clock.instant()),
                result -> {
                    operation.succeeded();
                    ended();
                    done.accept(result);
                },
                failure -> {
                    operation.failed(Failure.of(failure));
                    ended();
                    if (operation.state() == Operation.State.FAILED) {
                        whenFailed.accept(operation);
                    }
                });
        operation.started(running);
        tick();
    }

    private void ended() {
        current.set(Optional.empty());
        next();
    }

    private void tick() {
        if (!ticking) {
            ticking = true;
            tasks.after(TICK, () -> {
                ticking = false;
                current.get().ifPresent(operation -> {
                    operation.tick(clock.instant());
                    tick();
                });
            });
        }
    }
}
