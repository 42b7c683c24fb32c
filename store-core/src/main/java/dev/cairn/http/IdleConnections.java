// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections to one server that are kept for a while after they were used. Closing this ends those that are in use,
 * too. Safe for use by several threads.
 */
final class IdleConnections implements Batch.Lines, AutoCloseable {
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final URI server;
    private final Patience patience;
    private final int most;
    private final Deque<Idle> idle = new ArrayDeque<>();

    /** Whatever is open, to be closed with this. */
    private final Set<PipelinedConnection> all = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /** Whether a thread closes what is not taken up again. */
    private boolean watched;

    private record Idle(PipelinedConnection line, long since) {
        boolean isFresh() {
            return System.nanoTime() - since < KEPT.toNanos();
        }
    }

    /** @param most how many are kept */
    IdleConnections(URI server, Patience patience, int most) {
        this.server = server;
        this.patience = patience;
        this.most = most;
    }

    @Override
    public PipelinedConnection take() throws IOException {
        synchronized (this) {
            closeOld();
            while (!idle.isEmpty()) {
                PipelinedConnection line = idle.removeLast().line();
                if (line.isQuiet()) {
                    return line;
                }
                line.close();
            }
        }
        return open();
    }

    /** One that was not used before, which the server cannot have closed meanwhile. */
    PipelinedConnection open() throws IOException {
        if (closed) {
            throw new IOException("nothing is asked any more");
        }
        PipelinedConnection line = PipelinedConnection.open(server, patience, all::remove);
        all.add(line);
        if (closed) {
            line.close();
        }
        return line;
    }

    @Override
    public synchronized void giveBack(Line line) {
        if (closed || idle.size() >= most || !(line instanceof PipelinedConnection connection)) {
            line.close();
            return;
        }
        idle.addLast(new Idle(connection, System.nanoTime()));
        if (!watched) {
            watched = true;
            Thread.ofVirtual().name("idle connections").start(this::watch);
        }
    }

    private void watch() {
        try {
            do {
                Thread.sleep(KEPT);
            } while (isWorthWatching());
        } catch (InterruptedException _) {
            // Nobody does that. What is left is closed by whoever takes a line next.
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isWorthWatching() {
        closeOld();
        watched = !idle.isEmpty();
        return watched;
    }

    private synchronized void closeOld() {
        while (!idle.isEmpty() && !idle.getFirst().isFresh()) {
            idle.removeFirst().line().close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.clear();
        all.forEach(PipelinedConnection::close);
    }
}
