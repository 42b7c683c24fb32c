// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.task;

import dev.cairn.error.CairnException;

/** Something that takes time. Runs on a thread of its own, may block, and ends early when that is interrupted. */
@FunctionalInterface
public interface Work<T> {
    T run() throws CairnException;
}
