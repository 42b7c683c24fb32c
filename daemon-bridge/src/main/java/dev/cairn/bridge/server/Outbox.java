// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.Activity;
import dev.cairn.bridge.wire.Message;
import dev.cairn.bridge.wire.WireWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Texts on their way to a client, which any thread may post. A thread of its own sends them, so that nobody who posts
 * waits for the network, nor has the connection closed because he was interrupted.
 *
 * <p>It holds only so much. If a client does not read, its builders wait, as they would for a full pipe; texts of the
 * daemon itself are left out and counted, since whoever posts them may hold what other clients wait for; lines for
 * programs are always kept, there being only a few to a build.
 */
final class Outbox {
    /** What is posted. */
    enum Kind {
        /** A text for people. */
        TEXT,
        /** A line for programs. */
        TRACE,
        /** What a builder wrote. */
        OUTPUT
    }

    private static final int CAPACITY = 512 * 1024;
    private static final int ABSOLUTE_CAPACITY = 16 * CAPACITY;

    /** What an entry takes beside its octets. */
    private static final int OVERHEAD = 64;

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private final WireWriter out;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Entry> texts = new ArrayDeque<>();
    private long size;
    private int omitted;
    private boolean started;
    private boolean sending;
    private boolean held;
    private boolean closed;

    /** What waits to be sent. @param size octets, about */
    private record Entry(Conversation.Sending sending, int size) {}

    /** @param out belongs to whoever {@linkplain #hold holds} the outbox; otherwise to the outbox */
    Outbox(WireWriter out) {
        this.out = out;
    }

    /** Has a text sent after all that were posted before; returns at once unless there is no room. */
    void post(Kind kind, byte[] text) {
        post(kind, text(text));
    }

    /** The same for something that is no text. @param size octets, about */
    void post(Kind kind, Activity activity, int size) {
        post(kind, new Entry(activity::write, size));
    }

    private static Entry text(byte[] text) {
        return new Entry(
                out -> {
                    out.writeMessage(Message.NEXT);
                    out.writeBytes(text);
                },
                text.length);
    }

    private void post(Kind kind, Entry entry) {
        lock.lock();
        try {
            if (!closed && !makeRoom(kind)) {
                omitted++;
                return;
            }
            if (closed) {
                return;
            }
            noteOmissions();
            add(entry);
            if (!started) {
                started = true;
                Thread.ofVirtual().name("outbox").start(this::send);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @return whether the text is to be kept. Called with the lock. */
    private boolean makeRoom(Kind kind) {
        long left = PATIENCE;
        while (size >= (kind == Kind.TRACE ? ABSOLUTE_CAPACITY : CAPACITY) && !closed) {
            try {
                if (kind == Kind.TEXT) {
                    left = omitted > 0 ? 0 : changed.awaitNanos(left);
                    if (left <= 0 && size >= CAPACITY) {
                        return false;
                    }
                } else {
                    changed.await();
                }
            } catch (InterruptedException _) {
                // Whoever posts is to end; what it says then matters to nobody.
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private void noteOmissions() {
        if (omitted > 0) {
            add(text(("note: " + omitted + " messages were left out, as they were not read\n")
                    .getBytes(StandardCharsets.UTF_8)));
            omitted = 0;
        }
    }

    private void add(Entry entry) {
        texts.add(entry);
        size += entry.size() + OVERHEAD;
    }

    /**
     * Waits until all that was posted is sent, then keeps what is posted from being sent, so that the caller can write.
     *
     * @throws InterruptedIOException when the thread is interrupted
     */
    void hold() throws IOException {
        lock.lock();
        try {
            noteOmissions();
            changed.signalAll();
            while ((!texts.isEmpty() || sending || held) && !closed) {
                changed.await();
            }
            if (closed) {
                throw new IOException("the connection is closed");
            }
            held = true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } finally {
            lock.unlock();
        }
    }

    /** Lets what is posted be sent again. */
    void release() {
        lock.lock();
        try {
            held = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what was not sent, and whatever is posted from now on. */
    void close() {
        lock.lock();
        try {
            closed = true;
            texts.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void send() {
        try {
            List<Entry> batch = next();
            while (!batch.isEmpty()) {
                for (Entry entry : batch) {
                    entry.sending().to(out);
                }
                out.flush();
                batch = next();
            }
        } catch (IOException _) {
            // The client is gone, which whoever reads from it finds out too.
            close();
        }
    }

    /** What is to be sent next; empty when it was closed. */
    private List<Entry> next() {
        lock.lock();
        try {
            sending = false;
            changed.signalAll();
            while ((texts.isEmpty() || held) && !closed) {
                changed.awaitUninterruptibly();
            }
            List<Entry> batch = new ArrayList<>(texts);
            texts.clear();
            size = 0;
            sending = !batch.isEmpty();
            changed.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }
}
