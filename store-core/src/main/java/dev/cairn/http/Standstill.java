// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/**
 * Closes a stream or a connection that stands still, which ends the read that waits for it. One that gives next to
 * nothing stands still, too: a server may send an octet now and then for years.
 */
final class Standstill implements AutoCloseable {
    /** Octets that have to come for the stream not to stand still: fewer than any line has that one could wait for. */
    static final int LEAST = 1024;

    private final Thread thread;
    private final Duration patience;
    private long latest = System.nanoTime();
    private long arrived = latest;
    private long paused;
    private boolean isPaused;
    private int few;
    private volatile boolean ended;

    Standstill(Closeable body, Duration patience) {
        this.patience = patience;
        thread = Thread.ofVirtual().start(() -> {
            try {
                long left = patience.toNanos();
                while (left > 0) {
                    Thread.sleep(Duration.ofNanos(left));
                    left = left();
                }
                ended = true;
                body.close();
            } catch (InterruptedException | IOException _) {
                // The transfer ended by itself, or ends now.
            }
        });
    }

    private synchronized long left() {
        return isPaused ? patience.toNanos() : patience.toNanos() - (System.nanoTime() - latest);
    }

    /** Something came, and whoever takes it may take his time. */
    synchronized void pause() {
        isPaused = true;
        paused = System.nanoTime();
    }

    /** More is waited for. @param octets that came since */
    synchronized void moved(int octets) {
        long now = System.nanoTime();
        arrived = now;
        few = octets < LEAST - few ? few + octets : LEAST;
        if (few == LEAST) {
            few = 0;
            latest = now;
        } else if (isPaused) {
            // Whoever took them was waited for, not the server.
            latest += now - paused;
        }
        isPaused = false;
    }

    /** Whether the stream was closed because nothing came, or too little. */
    boolean ended() {
        return ended;
    }

    /** Why it was. */
    synchronized String reason() {
        String time = patience.toSeconds() + " s";
        boolean isSilent = System.nanoTime() - arrived > patience.toNanos() / 2;
        return isSilent ? "nothing more came for " + time : "it sent no more than " + few + " octets in " + time;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
