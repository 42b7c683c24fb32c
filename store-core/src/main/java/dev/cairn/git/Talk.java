// SPDX-License-Identifier: Apache-2.0
package dev.cairn.git;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Something that goes over the network. */
@FunctionalInterface
interface Talk<T> {
    /** Milliseconds after which one who has not ended yet is told again. */
    long AGAIN = 100;

    T run() throws IOException, URISyntaxException;

    /**
     * Does it on a virtual thread and waits for its end: to wait for the network is interrupted by that on no other. An
     * interrupt of the present thread ends it, and is pending afterwards.
     */
    default T run(FetchMonitor monitor) throws IOException, URISyntaxException {
        FutureTask<T> task = new FutureTask<>(this::run);
        Thread thread = Thread.ofVirtual().name("git").start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return interrupted ? task.get(AGAIN, TimeUnit.MILLISECONDS) : task.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                    monitor.interrupt();
                    thread.interrupt();
                } catch (TimeoutException _) {
                    // The library may have taken the interrupt for something else.
                    thread.interrupt();
                } catch (ExecutionException e) {
                    throw cause(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static IOException cause(ExecutionException failure) throws URISyntaxException {
        return switch (failure.getCause()) {
            case IOException expected -> expected;
            case URISyntaxException expected -> throw expected;
            case RuntimeException bug -> throw bug;
            case Error bug -> throw bug;
            case null, default -> throw new IllegalStateException(failure);
        };
    }
}
