// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.task;

import dev.cairn.error.CairnException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs only what is still wanted: while one piece of work is on its way, of all that is asked for meanwhile only the
 * last is kept, and outcomes that a later request made stale are dropped. For use on the user interface's thread.
 */
public final class Latest {
    private final Tasks tasks;
    private boolean busy;
    private @Nullable Runnable next;

    public Latest(Tasks tasks) {
        this.tasks = tasks;
    }

    public <T> void run(Work<T> work, Consumer<? super T> done, Consumer<? super CairnException> failed) {
        Runnable start = () -> {
            busy = true;
            tasks.run(work, result -> ended(() -> done.accept(result)), failure -> ended(() -> failed.accept(failure)));
        };
        if (busy) {
            next = start;
        } else {
            start.run();
        }
    }

    /** Drops what is on its way. */
    public void forget() {
        if (busy) {
            next = () -> {};
        }
    }

    private void ended(Runnable delivery) {
        busy = false;
        Runnable waiting = next;
        next = null;
        if (waiting == null) {
            delivery.run();
        } else {
            waiting.run();
        }
    }
}
