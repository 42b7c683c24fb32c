// SPDX-License-Identifier: Apache-2.0
package dev.cairn.event;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Hands out activities whose events go to one sink. Safe for use by several threads. */
public final class Activities {
    private static final AtomicLong NEXT = new AtomicLong(1);

    private final EventSink sink;

    /** @param sink takes the events of all activities, from whichever threads they run on */
    public Activities(EventSink sink) {
        this.sink = sink;
    }

    /** Starts an activity that stands on its own. */
    public Activity start(Event.Kind kind, String subject) {
        return start(OptionalLong.empty(), kind, subject);
    }

    private Activity start(OptionalLong parent, Event.Kind kind, String subject) {
        long id = NEXT.getAndIncrement();
        sink.accept(new Event.Started(id, parent, kind, subject));
        return new Activity(id);
    }

    /**
     * One running activity. Closing it without {@link #finish} reports it as {@linkplain #fail failed}, so that a
     * try-with-resources block cannot leave one open.
     */
    public final class Activity implements AutoCloseable {
        private final long id;
        private boolean ended;

        private Activity(long id) {
            this.id = id;
        }

        /** The identifier that its events carry. */
        public long id() {
            return id;
        }

        /** Starts an activity that is part of this one. */
        public Activity child(Event.Kind kind, String subject) {
            return start(OptionalLong.of(id), kind, subject);
        }

        /** Starts an activity that is part of this one. @param observer is told its events, too, before anybody else */
        public Activity child(Event.Kind kind, String subject, EventSink observer) {
            Activities observed = new Activities(event -> {
                observer.accept(event);
                sink.accept(event);
            });
            return observed.start(OptionalLong.of(id), kind, subject);
        }

        /** Tells how far it is, in the unit of its kind. */
        public void progress(long done, OptionalLong total) {
            sink.accept(new Event.Progressed(id, done, total));
        }

        /** Tells that a named part of the work begins. */
        public void phase(String name) {
            sink.accept(new Event.Phase(id, name));
        }

        /** Passes on a line that a builder wrote, without its end. */
        public void log(String line) {
            sink.accept(new Event.LogLine(id, line));
        }

        /** Passes on octets that a builder wrote, at most 4096, as they came; its lines are passed on apart. */
        public void output(byte[] octets) {
            sink.accept(new Event.Output(id, octets));
        }

        /** Tells a text in guix-daemon's words, without line end. */
        public void message(Event.Verbosity level, String text) {
            sink.accept(new Event.Message(id, level, text));
        }

        /** Tells a step as guix-daemon tells it to programs: a line that begins with {@code @}. */
        public void trace(String line) {
            sink.accept(new Event.Trace(id, line));
        }

        /** Tells something worth knowing that is no failure. */
        public void note(String text) {
            sink.accept(new Event.Note(id, text));
        }

        /** Ends it well; without effect once it has ended. */
        public void finish() {
            if (!ended) {
                ended = true;
                sink.accept(new Event.Finished(id));
            }
        }

        /**
         * Ends it as failed, or as cancelled if the thread is interrupted: whatever fails then does because of that.
         * Without effect once it has ended.
         */
        public void fail(String message, Optional<String> hint) {
            if (!ended) {
                ended = true;
                sink.accept(
                        Thread.currentThread().isInterrupted()
                                ? new Event.Cancelled(id)
                                : new Event.Failed(id, message, hint));
            }
        }

        /** Ends it as given up, because of something else; without effect once it has ended. */
        public void cancel() {
            if (!ended) {
                ended = true;
                sink.accept(new Event.Cancelled(id));
            }
        }

        @Override
        public void close() {
            fail("interrupted", Optional.empty());
        }
    }
}
