// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.error.CairnException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Runs tasks side by side. */
final class FetchTasks {
    private FetchTasks() {}

    /** Something to do that gives something. */
    @FunctionalInterface
    interface Task<T> {
        T run() throws CairnException, IOException;
    }

    /**
     * Runs all at once and gives their results in order. When one fails, or this thread is interrupted, the others are
     * interrupted and waited for.
     */
    static <T> List<T> all(List<Task<T>> tasks) throws CairnException, IOException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (Task<T> task : tasks) {
                futures.add(executor.submit(task::run));
            }
            try {
                List<T> results = new ArrayList<>();
                for (Future<T> future : futures) {
                    results.add(await(future));
                }
                return results;
            } finally {
                futures.forEach(future -> future.cancel(true));
            }
        }
    }

    /** Starts a task that never waits for long, such as reading files. */
    static <T> Future<T> start(Task<T> task) {
        FutureTask<T> future = new FutureTask<>(task::run);
        Thread.ofVirtual().start(future);
        return future;
    }

    /** The result of a task that was started. */
    static <T> T await(Future<T> future) throws CairnException, IOException {
        try {
            return future.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while fetching");
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private static CairnException unwrapped(ExecutionException failure) throws CairnException, IOException {
        return switch (failure.getCause()) {
            case CairnException e -> e;
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        };
    }
}
