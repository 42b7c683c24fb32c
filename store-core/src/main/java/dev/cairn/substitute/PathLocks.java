// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

/** Locks on the names of items; closing without {@link #succeeded} leaves the empty lock files, as Guix does. */
public interface PathLocks extends AutoCloseable {
    /** The work is done: closing also deletes the lock files. */
    void succeeded();

    @Override
    void close();
}
