// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge;

import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;

/**
 * Work that blocks, tells what it does, and ends soon when its thread is interrupted.
 *
 * @param <T> its result
 */
@FunctionalInterface
public interface BlockingCall<T> {
    T call(EventSink events) throws CairnException, InterruptedException;
}
