// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.task;

import dev.cairn.bridge.EventBatch;
import dev.cairn.bridge.Operation;
import dev.cairn.bridge.Operations;
import dev.cairn.error.CairnException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on virtual threads, results on the JavaFX application thread. Closing cancels what runs; what does not react
 * within a second is left to itself, and its outcome is dropped: what it works on may be closed by then. Nothing is
 * begun after that.
 */
public final class FxTasks implements Tasks, AutoCloseable {
    /** Who asks keeps the order; this leaves room beside work that was given up because it did not react. */
    private static final int WATCHED_AT_ONCE = 4;

    private static final Duration DELIVERY_INTERVAL = Duration.ofMillis(100);

    private static final Duration PATIENCE_AT_CLOSING = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(FxTasks.class);

    private final Operations watched = new Operations(WATCHED_AT_ONCE);
    private final Set<Thread> unwatched = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    @Override
    public <T> Running run(Work<T> work, Consumer<? super T> done, Consumer<? super CairnException> failed) {
        if (closed) {
            return Running.NOTHING;
        }
        Thread thread = Thread.ofVirtual().name("work").unstarted(() -> {
            try {
                T result = work.run();
                deliver(() -> done.accept(result));
            } catch (CairnException e) {
                deliver(() -> failed.accept(e));
            } catch (RuntimeException | Error e) {
                unexpected(e, failed);
            } finally {
                unwatched.remove(Thread.currentThread());
            }
        });
        unwatched.add(thread);
        thread.start();
        return thread::interrupt;
    }

    private void deliver(Runnable outcome) {
        if (!closed) {
            Platform.runLater(outcome);
        }
    }

    private void unexpected(Throwable bug, Consumer<? super CairnException> failed) {
        if (closed) {
            LOG.debug("work that was given up ended with an error", bug);
            return;
        }
        LOG.error("work ended with an unexpected error", bug);
        Unexpected unexpected = new Unexpected(bug);
        deliver(() -> failed.accept(unexpected));
    }

    @Override
    public <T> Running watch(
            WatchedWork<T> work,
            Consumer<? super EventBatch> events,
            Consumer<? super T> done,
            Consumer<? super CairnException> failed) {
        if (closed) {
            return Running.NOTHING;
        }
        Operation<T> operation = watched.start(work::run, batch -> deliver(batch, events));
        operation.completion().whenComplete((result, failure) -> Platform.runLater(() -> {
            switch (failure instanceof CompletionException wrapped ? wrapped.getCause() : failure) {
                case null -> done.accept(result);
                case CairnException expected -> failed.accept(expected);
                case Throwable bug -> unexpected(bug, failed);
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
        closed = true;
        Set<Thread> left = Set.copyOf(unwatched);
        left.forEach(Thread::interrupt);
        watched.close();
        try {
            long end = System.nanoTime() + PATIENCE_AT_CLOSING.toNanos();
            for (Thread thread : left) {
                thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
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
                if (!cancelled.get() && !closed) {
                    action.run();
                }
            });
            pause.play();
        });
        return () -> cancelled.set(true);
    }
}
