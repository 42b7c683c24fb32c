// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.task;

import dev.cairn.bridge.EventBatch;
import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import dev.cairn.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Tasks that a test moves on by hand, all on its own thread: work when told to, delays when the clock is turned. */
public final class ManualTasks implements Tasks, InstantSource {
    private final ArrayDeque<Pending> work = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private Instant now = Instant.parse("2026-05-04T10:00:00Z");

    private record Timer(Instant due, Runnable action) {}

    private static final class Pending {
        private final Runnable action;
        private boolean cancelled;

        private Pending(Runnable action) {
            this.action = action;
        }
    }

    @Override
    public <T> Running run(Work<T> task, Consumer<? super T> done, Consumer<? super CairnException> failed) {
        Pending[] self = new Pending[1];
        Pending pending = new Pending(() -> {
            T result;
            try {
                if (self[0].cancelled) {
                    throw new DaemonException.Cancelled();
                }
                result = task.run();
            } catch (CairnException e) {
                failed.accept(e);
                return;
            }
            done.accept(result);
        });
        self[0] = pending;
        work.add(pending);
        return () -> pending.cancelled = true;
    }

    @Override
    public <T> Running watch(
            WatchedWork<T> task,
            Consumer<? super EventBatch> events,
            Consumer<? super T> done,
            Consumer<? super CairnException> failed) {
        List<Event> told = new ArrayList<>();
        Runnable deliver = () -> events.accept(new EventBatch(told, 0));
        return run(
                () -> task.run(told::add),
                result -> {
                    deliver.run();
                    done.accept(result);
                },
                failure -> {
                    deliver.run();
                    failed.accept(failure);
                });
    }

    @Override
    public void later(Runnable action) {
        timers.add(new Timer(now, action));
    }

    @Override
    public Running after(Duration delay, Runnable action) {
        Timer timer = new Timer(now.plus(delay), action);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Number of pieces of work that were asked for and did not run. */
    public int waiting() {
        return work.size();
    }

    /** Number of actions that wait for their time. */
    public int timers() {
        return timers.size();
    }

    /** Runs the oldest piece of work and brings its outcome. */
    public void runOne() {
        work.remove().action.run();
    }

    /** Runs all work, also what it asks for meanwhile. */
    public void runAll() {
        while (!work.isEmpty()) {
            runOne();
        }
    }

    /** Turns the clock; what becomes due runs in order. */
    public void pass(Duration time) {
        Instant end = now.plus(time);
        while (true) {
            Timer next = timers.stream().min(Comparator.comparing(Timer::due)).orElse(null);
            if (next == null || next.due().isAfter(end)) {
                break;
            }
            timers.remove(next);
            now = next.due();
            next.action().run();
        }
        now = end;
    }
}
