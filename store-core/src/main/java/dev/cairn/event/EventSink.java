// SPDX-License-Identifier: Apache-2.0
package dev.cairn.event;

/** Takes the events of an operation. Called from any thread, several at once; must not block for long. */
@FunctionalInterface
public interface EventSink {
    /** A sink that forgets everything. */
    EventSink NONE = _ -> {};

    void accept(Event event);
}
