// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.io.IOException;

/** Where what is fetched goes, piece by piece. Used by one thread. */
interface Target extends AutoCloseable {
    /**
     * A body begins, or the rest of one.
     *
     * @param position of its first octet in the file. If it is not where the last body ended, it is 0: the file comes
     *     anew, from its beginning
     */
    void begin(long position) throws IOException;

    /** The next octets, which may be changed afterwards. */
    void write(byte[] octets, int length) throws IOException;

    /** Whether the rest is wanted even where nothing says that it is that of the same version of the file. */
    boolean isCheckedAfterwards();

    @Override
    void close() throws IOException;
}
