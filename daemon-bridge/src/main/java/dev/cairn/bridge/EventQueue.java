// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge;

import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded queue between an operation and whoever watches it. Of each activity's progress it keeps the latest; of log
 * lines the last ones, counting those it drops; of everything else all, and makes the operation wait when there is too
 * much of it. Safe for use by several threads.
 */
final class EventQueue implements EventSink {
    private record Numbered(long number, Event event) {}

    private final int maxLines;
    private final int maxOthers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private final Deque<Numbered> lines = new ArrayDeque<>();
    private final Deque<Numbered> others = new ArrayDeque<>();
    private final Map<Long, Numbered> progress = new HashMap<>();
    private long nextNumber;
    private long droppedLines;
    private boolean closed;

    /**
     * @param maxLines how many log lines wait at most
     * @param maxOthers how many events that are neither lines nor progress wait at most before the operation does
     */
    EventQueue(int maxLines, int maxOthers) {
        this.maxLines = maxLines;
        this.maxOthers = maxOthers;
    }

    /**
     * Takes an event; forgets it when the queue is closed. An interrupted thread is not made to wait, so that it can
     * still report how it ends.
     */
    @Override
    public void accept(Event event) {
        lock.lock();
        try {
            switch (event) {
                case Event.LogLine line -> addLine(line);
                case Event.Progressed progressed -> addProgress(progressed);
                case Event.Output _, Event.Message _, Event.Trace _ -> {
                    // For programs behind a socket; people are told the same by other events.
                }
                case Event.Started _,
                        Event.Phase _,
                        Event.Note _,
                        Event.Finished _,
                        Event.Failed _,
                        Event.Cancelled _ ->
                    addOther(event);
            }
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for events and takes all there are; empty when the queue is closed and nothing is left. */
    Optional<EventBatch> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (isEmpty()) {
                if (closed) {
                    return Optional.empty();
                }
                notEmpty.await();
            }
            List<Numbered> all = new ArrayList<>(lines);
            all.addAll(others);
            all.addAll(progress.values());
            all.sort(Comparator.comparingLong(Numbered::number));
            EventBatch batch = new EventBatch(all.stream().map(Numbered::event).toList(), droppedLines);
            lines.clear();
            others.clear();
            progress.clear();
            droppedLines = 0;
            notFull.signalAll();
            return Optional.of(batch);
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more events; those that wait can still be taken. Nobody waits for room any longer. */
    void close() {
        lock.lock();
        try {
            closed = true;
            notEmpty.signalAll();
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isEmpty() {
        return lines.isEmpty() && others.isEmpty() && progress.isEmpty();
    }

    private void addLine(Event.LogLine line) {
        if (closed) {
            return;
        }
        if (lines.size() == maxLines) {
            lines.remove();
            droppedLines++;
        }
        lines.add(new Numbered(nextNumber++, line));
    }

    private void addProgress(Event.Progressed progressed) {
        if (!closed) {
            progress.put(progressed.activity(), new Numbered(nextNumber++, progressed));
        }
    }

    private void addOther(Event event) {
        boolean interrupted = false;
        while (others.size() >= maxOthers && !closed && !interrupted) {
            try {
                notFull.await();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (!closed) {
            others.add(new Numbered(nextNumber++, event));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
