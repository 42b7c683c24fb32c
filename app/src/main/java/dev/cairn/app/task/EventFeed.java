// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.task;

import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Carries the events of an operation to the user interface's thread, a few times a second and in bounded memory: of
 * each activity's progress only the last is kept, of log lines the last {@value #MAX_LINES} between two deliveries. A
 * delivery has starts, phases and ends in their order, then progress, then lines.
 */
public final class EventFeed implements EventSink {
    static final int MAX_LINES = 1000;
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final Tasks tasks;
    private final Consumer<List<Event>> receiver;
    private final Object lock = new Object();
    private final List<Event> milestones = new ArrayList<>();
    private final Map<Long, Event> progress = new LinkedHashMap<>();
    private final ArrayDeque<Event> lines = new ArrayDeque<>();
    private boolean scheduled;

    public EventFeed(Tasks tasks, Consumer<List<Event>> receiver) {
        this.tasks = tasks;
        this.receiver = receiver;
    }

    @Override
    public void accept(Event event) {
        synchronized (lock) {
            switch (event) {
                case Event.Progressed p -> progress.put(p.activity(), p);
                case Event.LogLine line -> addLine(line);
                case Event.Note note -> addLine(note);
                case Event.Started _, Event.Phase _, Event.Finished _, Event.Failed _ -> milestones.add(event);
            }
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        tasks.after(INTERVAL, this::deliver);
    }

    private void addLine(Event line) {
        if (lines.size() == MAX_LINES) {
            lines.removeFirst();
        }
        lines.add(line);
    }

    /** Hands over what is waiting; on the user interface's thread. */
    public void deliver() {
        List<Event> batch;
        synchronized (lock) {
            batch = new ArrayList<>(milestones);
            batch.addAll(progress.values());
            batch.addAll(lines);
            milestones.clear();
            progress.clear();
            lines.clear();
            scheduled = false;
        }
        if (!batch.isEmpty()) {
            receiver.accept(batch);
        }
    }
}
