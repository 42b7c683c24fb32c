// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** Closes a stream or a connection that stands still, which ends the read that waits for it. */
final class Standstill implements AutoCloseable {
    private final Thread thread;
    private volatile long latest = System.nanoTime();
    private volatile boolean paused;
    private volatile boolean ended;

    Standstill(Closeable body, Duration patience) {
        thread = Thread.ofVirtual().start(() -> {
            try {
                long left = patience.toNanos();
                while (left > 0) {
                    Thread.sleep(Duration.ofNanos(left));
                    left = paused ? patience.toNanos() : patience.toNanos() - (System.nanoTime() - latest);
                }
                ended = true;
                body.close();
            } catch (InterruptedException | IOException _) {
                // The transfer ended by itself, or ends now.
            }
        });
    }

    /** Something came, and whoever takes it may take his time. */
    void pause() {
        paused = true;
    }

    /** More is waited for. */
    void moved() {
        latest = System.nanoTime();
        paused = false;
    }

    /** Whether the stream was closed because nothing came. */
    boolean ended() {
        return ended;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
