// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.daemon.DaemonException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FxTasksTest {
    private final AtomicInteger outcomes = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);

    @Test
    void closingInterruptsWorkAndWaitsForItsEnd() throws Exception {
        FxTasks tasks = new FxTasks();
        AtomicInteger ended = new AtomicInteger();
        start(tasks, () -> {
            try {
                Thread.sleep(Long.MAX_VALUE);
                return "";
            } catch (InterruptedException _) {
                ended.incrementAndGet();
                throw new DaemonException.Cancelled();
            }
        });

        tasks.close();

        assertThat(ended).hasValue(1);
        assertThat(outcomes).hasValue(0);
    }

    @Test
    void nobodyIsToldOfWorkThatStumblesOverWhatWasClosed() throws Exception {
        FxTasks tasks = new FxTasks();
        CountDownLatch storeClosed = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        start(tasks, () -> {
            boolean waiting = true;
            while (waiting) {
                try {
                    storeClosed.await();
                    waiting = false;
                } catch (InterruptedException _) {
                    // Work that does not react.
                }
            }
            ended.countDown();
            throw new IllegalStateException("closed");
        });

        tasks.close();
        storeClosed.countDown();
        ended.await();

        assertThat(outcomes).hasValue(0);
    }

    private void start(FxTasks tasks, Work<String> work) throws InterruptedException {
        tasks.run(
                () -> {
                    begun.countDown();
                    return work.run();
                },
                _ -> outcomes.incrementAndGet(),
                _ -> outcomes.incrementAndGet());
        begun.await();
    }
}
