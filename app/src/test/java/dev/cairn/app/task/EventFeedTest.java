// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EventFeedTest {
    private final ManualTasks tasks = new ManualTasks();
    private final List<List<Event>> batches = new ArrayList<>();
    private final EventFeed feed = new EventFeed(tasks, batches::add);

    @Test
    void deliversNothingBeforeItsInterval() {
        feed.accept(new Event.Finished(1));
        assertThat(batches).isEmpty();
        tasks.pass(Duration.ofMillis(100));
        assertThat(batches).hasSize(1);
    }

    @Test
    void keepsOnlyTheLastProgressOfEachActivity() {
        for (int i = 1; i <= 1000; i++) {
            feed.accept(new Event.Progressed(1, i, OptionalLong.of(1000)));
            feed.accept(new Event.Progressed(2, i, OptionalLong.empty()));
        }
        tasks.pass(Duration.ofSeconds(1));
        assertThat(batches)
                .containsExactly(List.of(
                        new Event.Progressed(1, 1000, OptionalLong.of(1000)),
                        new Event.Progressed(2, 1000, OptionalLong.empty())));
    }

    @Test
    void keepsTheLastLinesOfAFlood() {
        for (int i = 0; i < 5000; i++) {
            feed.accept(new Event.LogLine(1, Integer.toString(i)));
        }
        feed.deliver();
        assertThat(batches.getFirst()).hasSize(EventFeed.MAX_LINES).endsWith(new Event.LogLine(1, "4999"));
    }

    @Test
    void keepsStartsAndEndsInOrder() {
        Event.Started start = new Event.Started(1, OptionalLong.empty(), Event.Kind.BUILD, "hello");
        feed.accept(start);
        feed.accept(new Event.Progressed(1, 5, OptionalLong.empty()));
        feed.accept(new Event.Finished(1));
        feed.deliver();
        assertThat(batches.getFirst())
                .containsExactly(start, new Event.Finished(1), new Event.Progressed(1, 5, OptionalLong.empty()));
    }
}
