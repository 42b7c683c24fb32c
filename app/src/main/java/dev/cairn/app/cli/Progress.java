// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.format.ByteSizes;
import dev.cairn.app.format.Subjects;
import dev.cairn.app.operation.Transfer;
import dev.cairn.event.Event;
import dev.cairn.event.EventSink;
import dev.cairn.path.StorePath;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells on standard error how an operation is getting on: on a terminal one line per thing that runs, written over;
 * elsewhere a plain line for what starts, and another only if it fails by itself. Closing it takes the running lines
 * away.
 */
final class Progress implements EventSink, AutoCloseable {
    /** Often enough to look alive, seldom enough to read. */
    private static final long REPAINT_NANOS = 80_000_000;

    /** More lines than this would push everything else off a small screen. */
    private static final int MOST_LINES = 8;

    private static final String START_OF_LINE_UP = "\033[A\r";
    private static final String ERASE_BELOW = "\033[J";

    private final PrintStream err;
    private final Screen screen;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Running> running = new LinkedHashMap<>();
    private final Set<String> small = new HashSet<>();
    private final int columns;
    private int painted;
    private long lastPaint;
    private boolean closed;

    Progress(Session session) {
        this.err = session.err();
        this.screen = session.screen();
        this.columns = screen.terminal() ? screen.columns().count() : 0;
    }

    /** Something that runs; what is known of it changes. */
    private static final class Running {
        private final Event.Kind kind;
        private final String subject;
        private final boolean small;
        private final Transfer transfer = new Transfer(OptionalLong.empty());
        private String detail = "";

        Running(Event.Kind kind, String subject, boolean small) {
            this.kind = kind;
            this.subject = subject;
            this.small = small;
        }

        /** Whether octets come by it, at a speed that is worth knowing. */
        boolean isTransfer() {
            return kind == Event.Kind.DOWNLOAD || kind == Event.Kind.FETCH || kind == Event.Kind.SUBSTITUTE;
        }

        /** Such as {@code building hello-2.1}. */
        String title() {
            return Texts.text("progress." + kind.name().toLowerCase(Locale.ROOT), subject);
        }
    }

    /**
     * Leaves out of the plain lines what only fetches, unpacks or links: there are several of them for each package.
     */
    void passOver(Collection<StorePath> derivations) {
        lock.lock();
        try {
            derivations.forEach(derivation -> small.add(derivation.toString()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void accept(Event event) {
        lock.lock();
        try {
            if (!closed) {
                take(event);
            }
        } finally {
            lock.unlock();
        }
    }

    private void take(Event event) {
        switch (event) {
            case Event.Started started -> start(started);
            case Event.Progressed(long activity, long done, OptionalLong total) ->
                detail(activity, amount(activity, done, total));
            case Event.Phase(long activity, String name) -> detail(activity, name);
            case Event.LogLine(long activity, String line) -> detail(activity, line.strip());
            case Event.Output _, Event.Message _, Event.Trace _ -> {
                // Said by other events as well.
            }
            case Event.Note(_, String text) -> plainLine(text);
            case Event.Finished(long activity) -> end(activity, true);
            case Event.Failed(long activity, _, _) -> end(activity, false);
            case Event.Cancelled(long activity) -> {
                // That it was cancelled, or what failed in its stead, is said once.
                running.remove(activity);
                repaint(true);
            }
        }
    }

    private void start(Event.Started started) {
        // The operation as a whole is what the user typed, and adding is too short to watch.
        if (started.kind() == Event.Kind.OPERATION || started.kind() == Event.Kind.ADD) {
            return;
        }
        Running now = new Running(
                started.kind(), Subjects.shortened(started.subject()), small.contains(started.subject()));
        running.put(started.activity(), now);
        if (screen.terminal()) {
            repaint(true);
        } else if (!now.small && now.kind != Event.Kind.FETCH) {
            err.println(now.title());
        }
    }

    private void detail(long activity, String text) {
        Running now = running.get(activity);
        if (now != null && !text.isEmpty()) {
            now.detail = text;
            repaint(false);
        }
    }

    private void end(long activity, boolean well) {
        Running ended = running.remove(activity);
        if (ended == null) {
            return;
        }
        boolean lasting = ended.kind == Event.Kind.BUILD
                || ended.kind == Event.Kind.DOWNLOAD
                || ended.kind == Event.Kind.SUBSTITUTE;
        if (lasting && !well) {
            plainLine(Texts.text("progress.failed", ended.title()));
        } else if (lasting && screen.terminal() && !ended.small) {
            plainLine(Texts.text("progress.done", ended.title()));
        } else {
            repaint(true);
        }
    }

    private String amount(long activity, long done, OptionalLong total) {
        Running now = running.get(activity);
        if (now == null) {
            return "";
        }
        boolean octets = now.isTransfer() || now.kind == Event.Kind.COLLECT;
        if (now.isTransfer()) {
            Instant time = Instant.now();
            now.transfer.total(total);
            now.transfer.reached(done, time);
            List<String> parts = new ArrayList<>(List.of(now.transfer.extent()));
            parts.addAll(now.transfer.pace(time));
            return String.join(", ", parts);
        }
        String sofar = octets ? ByteSizes.text(done) : Long.toString(done);
        return total.isEmpty()
                ? sofar
                : Texts.text("progress.of", sofar, octets ? ByteSizes.text(total.getAsLong()) : total.getAsLong());
    }

    private void plainLine(String text) {
        clear();
        err.println(Printable.line(text));
        repaint(true);
    }

    private void repaint(boolean now) {
        if (!screen.terminal() || !now && System.nanoTime() - lastPaint < REPAINT_NANOS) {
            return;
        }
        StringBuilder picture = new StringBuilder(erasure());
        painted = 0;
        for (Running line : running.values()) {
            if (painted == MOST_LINES) {
                break;
            }
            String text = line.detail.isEmpty() ? line.title() : line.title() + ": " + line.detail;
            picture.append(fitting(Printable.line(text).replace('\t', ' '))).append('\n');
            painted++;
        }
        err.print(picture);
        err.flush();
        lastPaint = System.nanoTime();
    }

    private String fitting(String text) {
        return text.codePointCount(0, text.length()) < columns
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.max(1, columns - 2))) + "…";
    }

    private String erasure() {
        return painted == 0 ? "" : START_OF_LINE_UP.repeat(painted) + ERASE_BELOW;
    }

    private void clear() {
        if (painted > 0) {
            err.print(erasure());
            err.flush();
            painted = 0;
        }
    }

    @Override
    public void close() {
        end();
    }

    /** Takes the running lines away for good, so that an answer can be printed. */
    void end() {
        lock.lock();
        try {
            clear();
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
