// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge;

import dev.cairn.event.Event;
import java.util.List;

/**
 * Events of one operation that are delivered together.
 *
 * @param events in the order in which they happened; of one activity's progress only the latest
 * @param droppedLines how many log lines before the first one in {@code events} were left out since the batch before,
 *     because they came faster than they were taken
 */
public record EventBatch(List<Event> events, long droppedLines) {
    public EventBatch {
        events = List.copyOf(events);
    }
}
