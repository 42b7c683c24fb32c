// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import dev.cairn.app.task.Failure;
import dev.cairn.app.task.Running;
import dev.cairn.app.task.Tasks;
import dev.cairn.app.task.WatchedWork;
import dev.cairn.app.task.Work;
import dev.cairn.bridge.EventBatch;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * Whether the store can be reached, where that is a daemon's. It learns of it from whatever the window does: see {@link
 * #watching}. For use on the JavaFX application thread.
 */
public final class ConnectionModel {
    private final Tasks tasks;
    private final Work<Boolean> greeting;
    private final ReadOnlyObjectWrapper<Optional<Failure>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private Runnable whenBack = () -> {};

    /** @param greeting asks the store something that costs nothing */
    public ConnectionModel(Tasks tasks, Work<Boolean> greeting) {
        this.tasks = tasks;
        this.greeting = greeting;
    }

    /** Why it cannot be reached, while it cannot. */
    public ReadOnlyObjectProperty<Optional<Failure>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Whether it is being tried. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** What is done once it can be reached again. */
    public void whenBack(Runnable action) {
        whenBack = action;
    }

    /** Tries whether it can be reached. */
    public void check() {
        if (busy.get()) {
            return;
        }
        busy.set(true);
        tasks.run(
                greeting,
                _ -> {
                    busy.set(false);
                    boolean back = problem.get().isPresent();
                    problem.set(Optional.empty());
                    if (back) {
                        whenBack.run();
                    }
                },
                exception -> {
                    busy.set(false);
                    learn(exception);
                });
    }

    private void learn(CairnException exception) {
        if (exception instanceof DaemonException.Unavailable) {
            problem.set(Optional.of(Failure.of(exception)));
        }
    }

    /** The same tasks; what fails because the store cannot be reached is noticed here. */
    public Tasks watching() {
        return new Tasks() {
            @Override
            public <T> Running run(Work<T> work, Consumer<? super T> done, Consumer<? super CairnException> failed) {
                return tasks.run(work, done, noticing(failed));
            }

            @Override
            public <T> Running watch(
                    WatchedWork<T> work,
                    Consumer<? super EventBatch> events,
                    Consumer<? super T> done,
                    Consumer<? super CairnException> failed) {
                return tasks.watch(work, events, done, noticing(failed));
            }

            @Override
            public void later(Runnable action) {
                tasks.later(action);
            }

            @Override
            public Running after(Duration delay, Runnable action) {
                return tasks.after(delay, action);
            }

            private Consumer<CairnException> noticing(Consumer<? super CairnException> failed) {
                return exception -> {
                    learn(exception);
                    failed.accept(exception);
                };
            }
        };
    }
}
