// SPDX-License-Identifier: Apache-2.0
package dev.cairn.fs;

import java.io.IOException;
import java.io.InterruptedIOException;

/**
 * Interruption as cancellation. Work calls {@link #check} at points where stopping leaves nothing half-done; what must
 * not stop half-way, cleaning up above all, runs {@link #shielded}, because file channels of the JDK close themselves
 * under a thread whose interrupt is pending.
 */
public final class Interrupts {
    private Interrupts() {}

    /** Work on files. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    /**
     * Stops here when the current thread is interrupted; its interrupt stays pending.
     *
     * @throws InterruptedIOException when it is
     */
    public static void check() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Runs {@code work} to its end even when the current thread is interrupted, then puts the interrupt back. */
    public static void shielded(Work work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
