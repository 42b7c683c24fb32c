// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.task;

import dev.cairn.bridge.EventBatch;
import dev.cairn.bridge.Operation;
import dev.cairn.bridge.Operations;
import dev.cairn.error.CairnException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on virtual threads, results on the JavaFX application thread. Closing cancels watched work that runs. */
public final class FxTasks implements Tasks, AutoCloseable {
    /** Who asks keeps the order; this leaves room beside work that was given up because it did not react. */
    private static final int WATCHED_AT_ONCE = 4;

    private static final Duration DELIVERY_INTERVAL = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(FxTasks.class);

    private final Operations watched = new Operations(WATCHED_AT_ONCE);

    @Override
    public <T> Running run(Work<T> work, Consumer<? super T> done, Consumer<? super CairnException> failed) {
        Thread thread = Thread.ofVirtual().name("work").start(() -> {
            try {
                T result = work.run();
                Platform.runLater(() -> done.accept(result));
            } catch (CairnException e) {
                Platform.runLater(() -> failed.accept(e));
            } catch (RuntimeException | Error e) {
                LOG.error("work ended with an unexpected error", e);
                Unexpected unexpected = new Unexpected(e);
                Platform.runLater(() -> failed.accept(unexpected));
            }
        });
        return thread::interrupt;
    }

    @Override
    public <T> Running watch(
            WatchedWork<T> work,
            Consumer<? super EventBatch> events,
            Consumer<? super T> done,
            Consumer<? super CairnException> failed) {
        Operation<T> operation = watched.start(Operations.Weight.HEAVY, work::run, batch -> deliver(batch, events));
        operation.completion().whenComplete((result, failure) -> Platform.runLater(() -> {
            switch (failure instanceof CompletionException wrapped ? wrapped.getCause() : failure) {
                case null -> done.accept(result);
                case CairnException expected -> failed.accept(expected);
                case Throwable bug -> {
                    LOG.error("work ended with an unexpected error", bug);
                    failed.accept(new Unexpected(bug));
                }
            }
        }));
        return operation::cancel;
    }

    /** The pause lets events gather and be condensed, so that the user interface has time to draw. */
    private static void deliver(EventBatch batch, Consumer<? super EventBatch> events) {
        Platform.runLater(() -> events.accept(batch));
        try {
            Thread.sleep(DELIVERY_INTERVAL);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        watched.close();
    }

    @Override
    public void later(Runnable action) {
        Platform.runLater(action);
    }

    @Override
    public Running after(Duration delay, Runnable action) {
        AtomicBoolean cancelled = new AtomicBoolean();
        Platform.runLater(() -> {
            PauseTransition pause = new PauseTransition(javafx.util.Duration.millis(delay.toMillis()));
            pause.setOnFinished(_ -> {
                if (!cancelled.get()) {
                    action.run();
                }
            });
            pause.play();
        });
        return () -> cancelled.set(true);
    }
}
