// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix;

import dev.cairn.error.CairnException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Questions to a service that are under way at the same time, each on a thread of its own. Closing ends them all. */
final class Parallel implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** One question. */
    @FunctionalInterface
    interface Task<T> {
        T run() throws CairnException, IOException;
    }

    /** Starts one. */
    <T> Future<T> start(Task<T> task) {
        return threads.submit(task::run);
    }

    /** The answers to all, in their order. */
    <T> List<T> all(List<Task<T>> tasks) throws CairnException, IOException {
        List<Future<T>> futures = new ArrayList<>();
        for (Task<T> task : tasks) {
            futures.add(start(task));
        }
        List<T> answers = new ArrayList<>();
        for (Future<T> future : futures) {
            answers.add(result(future));
        }
        return answers;
    }

    /** Waits for an answer. */
    static <T> T result(Future<T> future) throws CairnException, IOException {
        try {
            return future.get();
        } catch (InterruptedException | CancellationException _) {
            throw interrupted();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /** Waits for an answer, so long and no longer. */
    static <T> T result(Future<T> future, Duration patience) throws CairnException, IOException, TimeoutException {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | CancellationException _) {
            throw interrupted();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while fetching a listing");
    }

    private static IOException failure(ExecutionException failed) throws CairnException {
        return switch (failed.getCause()) {
            case CairnException known -> throw known;
            case IOException known -> known;
            case RuntimeException known -> throw known;
            default -> throw new IllegalStateException(failed.getCause());
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
