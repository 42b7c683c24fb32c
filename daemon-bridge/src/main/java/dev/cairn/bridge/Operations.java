// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Runs blocking calls on virtual threads, so many at a time. For calls to a daemon, changes of profiles, or anything
 * else that blocks. Closing cancels what runs. Safe for use by several threads.
 */
public final class Operations implements AutoCloseable {
    private static final int MAX_LINES = 2000;
    private static final int MAX_OTHERS = 1000;

    private final Semaphore permits;
    private final Set<Operation<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param atOnce how many calls may run at a time; the others wait in order */
    public Operations(int atOnce) {
        this.permits = new Semaphore(atOnce, true);
    }

    /**
     * Starts a call. Returns at once.
     *
     * @throws IllegalStateException when closed
     */
    public <T> Operation<T> start(BlockingCall<T> call, EventListener listener) {
        // The operation removes itself, so it must be reachable from its own end.
        Operation<?>[] self = new Operation<?>[1];
        Operation<T> operation = new Operation<>(
                call, permits, new EventQueue(MAX_LINES, MAX_OTHERS), listener, () -> running.remove(self[0]));
        self[0] = operation;
        running.add(operation);
        if (closed) {
            running.remove(operation);
            throw new IllegalStateException("closed");
        }
        operation.start();
        return operation;
    }

    /** How many operations have not ended. */
    public int size() {
        return running.size();
    }

    /** Cancels all operations and waits until they have ended, which takes a second at most. Starts no more. */
    @Override
    public void close() {
        closed = true;
        Set<Operation<?>> left = Set.copyOf(running);
        left.forEach(Operation::cancel);
        left.forEach(operation ->
                operation.completion().handle((_, _) -> true).toCompletableFuture().join());
    }
}
