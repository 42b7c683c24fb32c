// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.WireException;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.bridge.wire.WireWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The line to one client, and what is going on on it. One thread serves it; the {@link Patrol} looks at it from time to
 * time, so that a client that goes away ends the work done for it, and one that stalls does not stay for ever.
 */
final class Connection {
    /** What the serving thread is at. */
    enum Phase {
        /** The client has yet to introduce itself. */
        GREETING,
        /** The next request may come, or not. */
        IDLE,
        /** A request is being read. */
        READING,
        /** A request is being worked on. */
        WORKING,
        /** Nothing will be read or done any more. */
        ENDING
    }

    /** Why work was cut short. */
    private enum Cut {
        NOT,
        /** Nobody waits for the result. */
        GONE,
        /** The client sent something where it had to be silent. */
        GARBAGE
    }

    private static final String NOT_SILENT = "EOF expected (protocol error?)";

    /** How long a client may take to notice that it was told why its connection ends. */
    private static final long LINGER = TimeUnit.SECONDS.toNanos(1);

    private final SocketChannel channel;
    private final Peer peer;
    private final ClientInput input;
    private final ClientOutput output;
    private final WireReader reader;
    private final WireWriter writer;
    private final Outbox outbox;
    private final Runnable onChange;
    private volatile Phase phase = Phase.GREETING;
    private volatile long since = System.nanoTime();

    /** Guards what follows: whose work may be interrupted when. */
    private final ReentrantLock guard = new ReentrantLock();

    private Optional<Thread> worker = Optional.empty();
    private long works;
    private boolean watched;
    private boolean streaming;
    private boolean closing;
    private Cut cut = Cut.NOT;

    /** @param onChange told whenever something begins, or ends; returns at once */
    Connection(SocketChannel channel, Peer peer, Semaphore largeRequests, Runnable onChange) {
        this.channel = channel;
        this.peer = peer;
        this.input = new ClientInput(channel, largeRequests);
        this.output = new ClientOutput(channel);
        this.reader = new WireReader(input);
        this.writer = new WireWriter(output);
        this.outbox = new Outbox(writer);
        this.onChange = onChange;
    }

    Peer peer() {
        return peer;
    }

    WireReader reader() {
        return reader;
    }

    /** Belongs to whoever holds the {@link #outbox()}. */
    WireWriter writer() {
        return writer;
    }

    ClientInput input() {
        return input;
    }

    ClientOutput output() {
        return output;
    }

    Outbox outbox() {
        return outbox;
    }

    Phase phase() {
        return phase;
    }

    /** When the phase began ({@link System#nanoTime}). */
    long since() {
        return since;
    }

    private void enter(Phase next) {
        since = System.nanoTime();
        phase = next;
        onChange.run();
    }

    /** Waits for the next request. @return false when the client is done */
    boolean awaitRequest() throws IOException {
        input.beginRequest();
        enter(Phase.IDLE);
        boolean more = input.awaitAny();
        enter(Phase.READING);
        return more;
    }

    /**
     * The request was read, and this thread begins to work on it: from now on it is interrupted when the client goes.
     *
     * @param isStreaming whether the client has more to send meanwhile
     * @throws EOFException when the client is gone, or the server ends
     */
    void beginWork(boolean isStreaming) throws EOFException {
        guard.lock();
        try {
            if (closing) {
                throw new EOFException("the daemon ends");
            }
            streaming = isStreaming;
            if (isStreaming) {
                input.beginStream();
            }
            cut = Cut.NOT;
            watched = false;
            works++;
            worker = Optional.of(Thread.currentThread());
            enter(Phase.WORKING);
        } finally {
            guard.unlock();
        }
    }

    /** The work is over; nothing interrupts this thread any more. */
    void endWork() {
        guard.lock();
        try {
            worker = Optional.empty();
            // Whatever came too late to stop the work is not to stop what comes after it.
            Thread.interrupted();
            enter(Phase.READING);
        } finally {
            guard.unlock();
        }
    }

    /**
     * Finds out whether the client still waits for the result of the work that is over.
     *
     * @throws EOFException when it is gone
     * @throws WireException when it has sent what it should not have
     */
    void requireClient() throws IOException {
        guard.lock();
        try {
            switch (cut) {
                case NOT -> {
                    if (closing) {
                        throw new EOFException("the daemon ends");
                    }
                }
                case GONE -> throw new EOFException("the client is gone");
                case GARBAGE -> throw new WireException(NOT_SILENT);
            }
        } finally {
            guard.unlock();
        }
    }

    /** Whether work has been going on for some time and nobody looks whether the client is still there. */
    boolean wantsWatch(long patience) {
        if (phase != Phase.WORKING || System.nanoTime() - since < patience) {
            return false;
        }
        guard.lock();
        try {
            return worker.isPresent() && !watched && !streaming;
        } finally {
            guard.unlock();
        }
    }

    /** Looks after the client until the work that is going on ends, and interrupts that if the client goes. */
    void watch() {
        long work;
        guard.lock();
        try {
            if (worker.isEmpty() || watched || streaming) {
                return;
            }
            watched = true;
            work = works;
        } finally {
            guard.unlock();
        }
        Cut reason = input.awaitMore() ? Cut.GARBAGE : Cut.GONE;
        guard.lock();
        try {
            if (work == works && worker.isPresent()) {
                interrupt(reason);
            }
        } finally {
            guard.unlock();
        }
    }

    private void interrupt(Cut reason) {
        cut = reason;
        worker.ifPresent(Thread::interrupt);
    }

    /** Ends work that is going on, as nobody is to wait for it any more; else ends the connection itself. */
    void end() {
        guard.lock();
        try {
            closing = true;
            if (worker.isPresent()) {
                interrupt(Cut.GONE);
                return;
            }
        } finally {
            guard.unlock();
        }
        sever();
    }

    /** Breaks the line, whatever is going on. */
    void sever() {
        guard.lock();
        try {
            closing = true;
            if (worker.isPresent()) {
                interrupt(Cut.GONE);
            }
        } finally {
            guard.unlock();
        }
        outbox.close();
        try {
            channel.close();
        } catch (IOException _) {
            // It is of no use any more, and that is what was wanted.
        }
    }

    /** Ends the line so that what was sent last arrives, even though the client is sending something. */
    void hangUp() throws IOException {
        enter(Phase.ENDING);
        channel.shutdownOutput();
        long deadline = System.nanoTime() + LINGER;
        byte[] rest = new byte[8192];
        input.beginStream();
        int count = input.read(rest);
        while (count >= 0 && System.nanoTime() < deadline) {
            count = input.read(rest);
        }
    }

    /** Whether the client has stopped where it must not, for longer than it may. */
    boolean hasStalled(Limits limits) {
        long now = System.nanoTime();
        long stall = limits.stall().toNanos();
        if (output.stuck() > stall
                || phase == Phase.READING && input.isDawdling(limits.greeting().toNanos())) {
            return true;
        }
        return switch (phase) {
            case GREETING -> input.isWaiting() && now - since > limits.greeting().toNanos();
            case IDLE -> false;
            case READING, WORKING ->
                input.isWaiting()
                        && now - input.progress() > (input.isLarge() ? limits.greeting().toNanos() : stall);
            case ENDING -> now - since > LINGER;
        };
    }
}
