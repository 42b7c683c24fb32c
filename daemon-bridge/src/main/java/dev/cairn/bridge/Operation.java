// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge;

import dev.cairn.daemon.DaemonException;
import dev.cairn.error.CairnException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call that runs on a thread of its own. Safe for use by several threads.
 *
 * @param <T> its result
 */
public final class Operation<T> {
    /** How far it is. */
    public enum State {
        /** Waits for other operations to end. */
        WAITING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    /** How long after {@link #cancel} a call that does not react is given up. */
    static final Duration GRACE = Duration.ofMillis(800);

    private static final Logger LOG = LoggerFactory.getLogger(Operation.class);

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final EventQueue events;
    private final Thread worker;
    private final Thread deliverer;
    private final Object lock = new Object();
    private State state = State.WAITING;
    private boolean cancelling;

    Operation(BlockingCall<T> call, Semaphore permits, EventQueue events, EventListener listener, Runnable ended) {
        this.events = events;
        this.worker = Thread.ofVirtual().name("operation").unstarted(() -> {
            try {
                work(call, permits);
            } finally {
                ended.run();
            }
        });
        this.deliverer = Thread.ofVirtual().name("operation-events").unstarted(() -> deliver(listener));
    }

    void start() {
        deliverer.start();
        worker.start();
    }

    /** How far it is. The states from {@link State#SUCCEEDED} on are final. */
    public State state() {
        synchronized (lock) {
            return state;
        }
    }

    /**
     * Completes when the operation ends and all its events are delivered: with the result, or with the
     * {@link CairnException} it failed with, {@link DaemonException.Cancelled} when it was cancelled. Whoever completes
     * or cancels this stage does so for himself alone.
     */
    public CompletionStage<T> completion() {
        return result.minimalCompletionStage();
    }

    /**
     * Waits for the end.
     *
     * @throws CairnException when it failed; {@link DaemonException.Cancelled} when it was cancelled
     * @throws InterruptedException when the waiting thread is interrupted; the operation goes on
     */
    public T await() throws CairnException, InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case CairnException expected -> throw expected;
                case RuntimeException bug -> throw bug;
                case Error bug -> throw bug;
                case Throwable other -> throw new IllegalStateException(other);
            }
        }
    }

    /**
     * Asks it to stop, by interrupting its thread, and returns at once; without effect on an operation that has ended.
     * It is cancelled within a second: a call that does not react by then is left to itself, its result and events are
     * forgotten. A call that was already completing may still succeed.
     */
    public void cancel() {
        synchronized (lock) {
            if (cancelling || state.compareTo(State.RUNNING) > 0) {
                return;
            }
            cancelling = true;
            worker.interrupt();
        }
        Thread.ofVirtual().name("operation-cancellation").start(() -> {
            try {
                result.handle((_, _) -> true).get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                abandon();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Ends a cancelled operation whose call or listener does not return. */
    private void abandon() {
        events.close();
        deliverer.interrupt();
        end(State.CANCELLED, null, new DaemonException.Cancelled());
    }

    private void work(BlockingCall<T> call, Semaphore permits) {
        boolean admitted = false;
        try {
            permits.acquire();
            admitted = true;
            synchronized (lock) {
                if (state == State.WAITING) {
                    state = State.RUNNING;
                }
            }
            T value = call.call(events);
            finish(State.SUCCEEDED, value, null);
        } catch (InterruptedException | DaemonException.Cancelled _) {
            finish(State.CANCELLED, null, new DaemonException.Cancelled());
        } catch (CairnException e) {
            boolean wanted = isCancelling();
            finish(wanted ? State.CANCELLED : State.FAILED, null, wanted ? cancelled(e) : e);
        } catch (RuntimeException | Error e) {
            finish(State.FAILED, null, e);
        } finally {
            if (admitted) {
                permits.release();
            }
        }
    }

    private boolean isCancelling() {
        synchronized (lock) {
            return cancelling;
        }
    }

    /** What interruption made of the call is no news to who cancelled it, but is kept. */
    private static Throwable cancelled(CairnException consequence) {
        DaemonException.Cancelled cancelled = new DaemonException.Cancelled();
        cancelled.addSuppressed(consequence);
        return cancelled;
    }

    /** Lets the listener have what is left, then ends. */
    private void finish(State end, @Nullable T value, @Nullable Throwable failure) {
        events.close();
        // The interruption was for the call. From here on there is nothing to break off: abandon() ends the waiting.
        boolean delivered = false;
        while (!delivered) {
            try {
                deliverer.join();
                delivered = true;
            } catch (InterruptedException _) {
                delivered = result.isDone();
            }
        }
        end(end, value, failure);
    }

    private void end(State end, @Nullable T value, @Nullable Throwable failure) {
        synchronized (lock) {
            if (state.compareTo(State.RUNNING) > 0) {
                return;
            }
            state = end;
        }
        if (failure == null) {
            result.complete(value);
        } else {
            result.completeExceptionally(failure);
        }
    }

    private void deliver(EventListener listener) {
        try {
            Optional<EventBatch> batch = events.take();
            while (batch.isPresent()) {
                listener.deliver(batch.get());
                batch = events.take();
            }
        } catch (InterruptedException _) {
            // The operation was given up, and with it whoever watches.
        } catch (RuntimeException e) {
            LOG.error("the listener of an operation failed and gets no more events", e);
        } finally {
            // Without this the call could wait for ever for room that nobody makes.
            events.close();
        }
    }
}
