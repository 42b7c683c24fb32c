// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.task;

import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;

/** Something that takes time and tells what it does. Runs on a thread of its own and ends early when interrupted. */
@FunctionalInterface
public interface WatchedWork<T> {
    T run(EventSink events) throws CairnException;
}
