// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.task;

/** Work on its way. */
@FunctionalInterface
public interface Running {
    /** Nothing that could be cancelled. */
    Running NOTHING = () -> {};

    /** Interrupts the work; its outcome still arrives. Does nothing when it has ended. */
    void cancel();
}
