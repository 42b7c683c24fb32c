// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.app.task.Running;
import dev.cairn.app.task.Tasks;
import java.time.Duration;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;

/** Puts an action off for some seconds, in which it can be taken back. Lives on the user interface's thread. */
final class Countdown {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Tasks tasks;
    private final int seconds;
    private final ReadOnlyIntegerWrapper left = new ReadOnlyIntegerWrapper(0);
    private Runnable action = () -> {};
    private Running next = Running.NOTHING;

    Countdown(Tasks tasks, int seconds) {
        this.tasks = tasks;
        this.seconds = seconds;
    }

    /** Seconds until the action; 0 while there is none. */
    ReadOnlyIntegerProperty leftProperty() {
        return left.getReadOnlyProperty();
    }

    boolean isRunning() {
        return left.get() > 0;
    }

    /** Puts an action off, in place of the one that waits. */
    void start(Runnable putOff) {
        cancel();
        action = putOff;
        left.set(seconds);
        next = tasks.after(SECOND, this::tick);
    }

    /** Does what waits without further delay. */
    void finish() {
        if (isRunning()) {
            cancel();
            action.run();
        }
    }

    /** Takes back what waits. */
    void cancel() {
        next.cancel();
        left.set(0);
    }

    private void tick() {
        if (left.get() <= 1) {
            finish();
        } else {
            left.set(left.get() - 1);
            next = tasks.after(SECOND, this::tick);
        }
    }
}
