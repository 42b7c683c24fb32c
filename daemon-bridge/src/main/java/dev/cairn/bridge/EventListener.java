// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge;

/**
 * Takes the events of one operation. Called by one thread at a time, never the caller's. May take its time: meanwhile
 * progress and log lines are condensed, and an operation with too much else to tell waits.
 */
@FunctionalInterface
public interface EventListener {
    void deliver(EventBatch batch);
}
