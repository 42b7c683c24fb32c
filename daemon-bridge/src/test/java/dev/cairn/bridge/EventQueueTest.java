// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventQueueTest {
    private final EventQueue queue = new EventQueue(3, 4);

    @Test
    void keepsTheOrderAcrossKinds() throws Exception {
        List<Event> events = List.of(started(1), line(1, "a"), progress(1, 5), line(1, "b"), finished(1));
        events.forEach(queue::accept);
        assertThat(queue.take()).contains(new EventBatch(events, 0));
    }

    @Test
    void keepsTheLatestProgressOfEachActivity() throws Exception {
        for (int i = 0; i < 1000; i++) {
            queue.accept(progress(i % 2, i));
        }
        assertThat(queue.take().orElseThrow().events()).containsExactly(progress(0, 998), progress(1, 999));
    }

    @Test
    void keepsTheLastLinesAndCountsTheOthers() throws Exception {
        for (int i = 0; i < 10; i++) {
            queue.accept(line(1, "line " + i));
        }
        EventBatch batch = queue.take().orElseThrow();
        assertThat(batch.events()).containsExactly(line(1, "line 7"), line(1, "line 8"), line(1, "line 9"));
        assertThat(batch.droppedLines()).isEqualTo(7);
        queue.accept(line(1, "next"));
        assertThat(queue.take().orElseThrow().droppedLines()).isZero();
    }

    @Test
    void makesWaitRatherThanDropStartsAndEnds() throws Exception {
        Thread producer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 100; i++) {
                queue.accept(started(i));
                queue.accept(finished(i));
            }
            queue.close();
        });
        List<Event> got = new ArrayList<>();
        Optional<EventBatch> batch = queue.take();
        while (batch.isPresent()) {
            assertThat(batch.get().events()).hasSizeLessThanOrEqualTo(4);
            got.addAll(batch.get().events());
            batch = queue.take();
        }
        producer.join();
        assertThat(got).hasSize(200).startsWith(started(0), finished(0)).endsWith(started(99), finished(99));
    }

    @Test
    void doesNotHoldUpAnInterruptedThread() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread producer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 6; i++) {
                queue.accept(started(i));
            }
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        producer.interrupt();
        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(queue.take().orElseThrow().events()).hasSize(6);
    }

    @Test
    void closingLetsGoWhoWaitsForRoom() throws Exception {
        Thread producer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 50; i++) {
                queue.accept(started(i));
            }
        });
        queue.close();
        producer.join();
        queue.take();
        assertThat(queue.take()).isEmpty();
    }

    static Event started(long activity) {
        return new Event.Started(activity, OptionalLong.empty(), Event.Kind.BUILD, "subject");
    }

    static Event finished(long activity) {
        return new Event.Finished(activity);
    }

    static Event progress(long activity, long done) {
        return new Event.Progressed(activity, done, OptionalLong.empty());
    }

    static Event line(long activity, String text) {
        return new Event.LogLine(activity, text);
    }
}
