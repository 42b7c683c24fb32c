// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.task;

import dev.cairn.error.CairnException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on virtual threads, results on the JavaFX application thread. */
public final class FxTasks implements Tasks {
    private static final Logger LOG = LoggerFactory.getLogger(FxTasks.class);

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
