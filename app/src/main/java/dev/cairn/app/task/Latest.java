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
    private final boolean interrupting;
    private boolean busy;
    private Running running = Running.NOTHING;
    private @Nullable Runnable next;

    public Latest(Tasks tasks) {
        this(tasks, false);
    }

    private Latest(Tasks tasks, boolean interrupting) {
        this.tasks = tasks;
        this.interrupting = interrupting;
    }

    /** One that also cancels what is on its way when that is no longer wanted, for work that may take long. */
    public static Latest interrupting(Tasks tasks) {
        return new Latest(tasks, true);
    }

    public <T> void run(Work<T> work, Consumer<? super T> done, Consumer<? super CairnException> failed) {
        Runnable start = () -> {
            busy = true;
            running = tasks.run(
                    work, result -> ended(() -> done.accept(result)), failure -> ended(() -> failed.accept(failure)));
        };
        if (busy) {
            next = start;
            interrupt();
        } else {
            start.run();
        }
    }

    /** Drops what is on its way. */
    public void forget() {
        if (busy) {
            next = () -> {};
            interrupt();
        }
    }

    private void interrupt() {
        if (interrupting) {
            running.cancel();
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
