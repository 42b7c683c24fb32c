// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.task;

import dev.cairn.bridge.EventBatch;
import dev.cairn.error.CairnException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The two kinds of thread a window has: one that owns everything visible, and as many as needed for work. View models
 * know threads only by this interface, so that tests decide when things happen.
 */
public interface Tasks {
    /**
     * Starts work and brings its outcome to the user interface's thread. Exactly one of {@code done} and {@code failed}
     * is called. Whatever is thrown that is no {@link CairnException} arrives as {@link Unexpected}.
     */
    <T> Running run(Work<T> work, Consumer<? super T> done, Consumer<? super CairnException> failed);

    /**
     * Like {@link #run}, for work that tells what it does: the events come to the user interface's thread a few times a
     * second, condensed where there are too many, all of them before the outcome. Cancelled work
     * ends within a second: what does not react is left to itself.
     */
    <T> Running watch(
            WatchedWork<T> work,
            Consumer<? super EventBatch> events,
            Consumer<? super T> done,
            Consumer<? super CairnException> failed);

    /** Runs a short action on the user interface's thread, soon. May be called from any thread. */
    void later(Runnable action);

    /** Runs a short action on the user interface's thread after a delay, unless cancelled before. From any thread. */
    Running after(Duration delay, Runnable action);
}
