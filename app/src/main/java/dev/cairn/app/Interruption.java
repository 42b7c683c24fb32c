// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Makes Ctrl-C cancel what the main thread does rather than kill it: the thread is interrupted, and the process stays
 * until it has cleaned up after itself, or for a while at most.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch done = new CountDownLatch(1);

    private Interruption() {}

    /** Watches over the calling thread until closed. */
    static Interruption ofThisThread() {
        Interruption interruption = new Interruption();
        Thread worker = Thread.currentThread();
        // Signals start the virtual machine's shutdown; its exit code is then 128 plus the signal's number.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.cancel(worker), "cancel"));
        return interruption;
    }

    private void cancel(Thread worker) {
        if (done.getCount() == 0) {
            return;
        }
        worker.interrupt();
        try {
            boolean ended = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                LoggerFactory.getLogger(Interruption.class).warn("what was running does not end; leaving it");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
    }
}
