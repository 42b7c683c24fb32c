// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge;

import static dev.cairn.bridge.EventQueueTest.finished;
import static dev.cairn.bridge.EventQueueTest.line;
import static dev.cairn.bridge.EventQueueTest.progress;
import static dev.cairn.bridge.EventQueueTest.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.daemon.DaemonException;
import dev.cairn.error.FormatException;
import dev.cairn.event.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OperationsTest {
    private final Operations operations = new Operations(2);
    private final CountDownLatch running = new CountDownLatch(1);

    @AfterEach
    void close() {
        operations.close();
    }

    @Test
    void givesTheResultAfterAllEvents() throws Exception {
        List<Event> got = Collections.synchronizedList(new ArrayList<>());
        Operation<String> operation = operations.start(
                events -> {
                    events.accept(started(1));
                    events.accept(finished(1));
                    return "done";
                },
                batch -> got.addAll(batch.events()));
        assertThat(operation.await()).isEqualTo("done");
        assertThat(got).containsExactly(started(1), finished(1));
        assertThat(operation.state()).isEqualTo(Operation.State.SUCCEEDED);
    }

    @Test
    void failsWithTheFailureOfTheCall() {
        FormatException failure = new FormatException("x", "y");
        Operation<String> operation = operations.start(
                _ -> {
                    throw failure;
                },
                _ -> {});
        assertThatThrownBy(operation::await).isSameAs(failure);
        assertThat(operation.state()).isEqualTo(Operation.State.FAILED);
        assertThatThrownBy(() -> operation.completion().toCompletableFuture().join()).hasCause(failure);
    }

    @Test
    void passesBugsOn() {
        IllegalStateException bug = new IllegalStateException("bug");
        Operation<String> operation = operations.start(
                _ -> {
                    throw bug;
                },
                _ -> {});
        assertThatThrownBy(operation::await).isSameAs(bug);
    }

    @Test
    void cancellingInterruptsTheCall() throws Exception {
        Operation<String> operation = operations.start(_ -> sleep(), _ -> {});
        running.await();
        operation.cancel();
        assertThatThrownBy(operation::await).isInstanceOf(DaemonException.Cancelled.class);
        assertThat(operation.state()).isEqualTo(Operation.State.CANCELLED);
    }

    @Test
    void whatInterruptionDoesToACallCountsAsCancelled() throws Exception {
        Operation<String> operation = operations.start(
                _ -> {
                    try {
                        return sleep();
                    } catch (InterruptedException _) {
                        throw new FormatException("archive", "closed by interrupt");
                    }
                },
                _ -> {});
        running.await();
        operation.cancel();
        assertThatThrownBy(operation::await).isInstanceOf(DaemonException.Cancelled.class);
    }

    @Test
    void cancellingEndsEvenWhatDoesNotReact() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Operation<String> deaf = operations.start(
                _ -> {
                    running.countDown();
                    while (release.getCount() > 0) {
                        LockSupport.parkNanos(1_000_000);
                        Thread.interrupted();
                    }
                    return "late";
                },
                _ -> {});
        running.await();
        deaf.cancel();
        assertThatThrownBy(deaf::await).isInstanceOf(DaemonException.Cancelled.class);
        release.countDown();
        assertThat(deaf.state()).isEqualTo(Operation.State.CANCELLED);
    }

    @Test
    void aListenerThatHangsDoesNotPreventCancelling() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Operation<String> operation = operations.start(
                events -> {
                    events.accept(started(1));
                    return sleep();
                },
                _ -> awaitUninterruptibly(never));
        running.await();
        operation.cancel();
        assertThatThrownBy(operation::await).isInstanceOf(DaemonException.Cancelled.class);
        never.countDown();
    }

    @Test
    void aListenerThatFailsDoesNotStopTheCall() throws Exception {
        Operation<String> operation = operations.start(
                events -> {
                    for (int i = 0; i < 10_000; i++) {
                        events.accept(started(i));
                    }
                    return "done";
                },
                _ -> {
                    throw new IllegalStateException("listener");
                });
        assertThat(operation.await()).isEqualTo("done");
    }

    @Test
    void cancellingWhatWaitsEndsItWithoutRunningIt() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Operations one = new Operations(1);
        Operation<String> first = one.start(_ -> awaitAndReturn(release), _ -> {});
        running.await();
        AtomicInteger ran = new AtomicInteger();
        Operation<Integer> second = one.start(_ -> ran.incrementAndGet(), _ -> {});
        assertThat(second.state()).isEqualTo(Operation.State.WAITING);
        second.cancel();
        assertThatThrownBy(second::await).isInstanceOf(DaemonException.Cancelled.class);
        release.countDown();
        assertThat(first.await()).isEqualTo("done");
        assertThat(ran).hasValue(0);
        one.close();
    }

    @Test
    void runsNoMoreHeavyCallsThanAllowed() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Operation<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(operations.start(
                    _ -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        TimeUnit.MILLISECONDS.sleep(5);
                        return now.decrementAndGet();
                    },
                    _ -> {}));
        }
        for (Operation<Integer> operation : all) {
            operation.await();
        }
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void aSlowListenerGetsAllStartsAndEndsInBoundedMemory() throws Exception {
        int activities = 3000;
        AtomicInteger milestones = new AtomicInteger();
        AtomicInteger lines = new AtomicInteger();
        List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        Operation<String> operation = operations.start(
                events -> {
                    for (int i = 0; i < activities; i++) {
                        events.accept(started(i));
                        for (int j = 0; j < 20; j++) {
                            events.accept(progress(i, j));
                            events.accept(line(i, "line"));
                        }
                        events.accept(finished(i));
                    }
                    return "done";
                },
                batch -> {
                    batches.add(batch.events().size());
                    lines.addAndGet((int) batch.droppedLines());
                    for (Event event : batch.events()) {
                        switch (event) {
                            case Event.Started _, Event.Finished _ -> milestones.incrementAndGet();
                            case Event.LogLine _ -> lines.incrementAndGet();
                            default -> {}
                        }
                    }
                    LockSupport.parkNanos(1_000_000);
                });
        operation.await();
        assertThat(milestones).hasValue(2 * activities);
        assertThat(lines).hasValue(20 * activities);
        assertThat(batches).allMatch(size -> size <= 2000 + 1000 + 1000);
    }

    @Test
    void closingCancelsWhatRunsAndStartsNoMore() throws Exception {
        Operation<String> operation = operations.start(_ -> sleep(), _ -> {});
        running.await();
        operations.close();
        assertThat(operation.state()).isEqualTo(Operation.State.CANCELLED);
        assertThatThrownBy(() -> operations.start(_ -> "x", _ -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void cancellingTwiceOrTooLateDoesNothing() throws Exception {
        Operation<String> operation = operations.start(_ -> "done", _ -> {});
        assertThat(operation.await()).isEqualTo("done");
        operation.cancel();
        operation.cancel();
        assertThat(operation.state()).isEqualTo(Operation.State.SUCCEEDED);
    }

    private String sleep() throws InterruptedException {
        running.countDown();
        TimeUnit.HOURS.sleep(1);
        return "woke up";
    }

    private String awaitAndReturn(CountDownLatch latch) throws InterruptedException {
        running.countDown();
        latch.await();
        return "done";
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
            Thread.interrupted();
        }
    }
}
