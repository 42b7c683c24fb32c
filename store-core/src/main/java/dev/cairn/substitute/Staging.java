// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import java.io.IOException;

/**
 * A folder in the store where items are unpacked, and the way from there to their places. Collectors leave it alone as
 * long as this process lives, and take it afterwards. Safe for use by several threads.
 */
public interface Staging extends AutoCloseable {
    /** A new place to unpack to. */
    Unpacked place() throws IOException;

    /**
     * Moves what was unpacked to its place and makes it valid. The caller holds the item's lock and has found that it
     * is not valid yet.
     *
     * @param info of the item; its references are valid, and kept
     */
    void settle(Unpacked unpacked, PathInfo info) throws DaemonException, IOException;

    /**
     * Puts what was unpacked in the place of a valid item whose files are gone or damaged. The caller holds its lock.
     */
    void replace(Unpacked unpacked, PathInfo info) throws DaemonException, IOException;

    /** Drops what was unpacked and is not in its place. */
    void discard(Unpacked unpacked) throws IOException;

    /** Deletes the folder and what is left in it. */
    @Override
    void close() throws IOException;
}
