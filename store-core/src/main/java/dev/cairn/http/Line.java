// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A way to ask a server, for several questions in turn. Used by one thread, closed by any. */
interface Line extends AutoCloseable {
    /** Sends questions; no more are sent until all are answered. */
    void ask(List<URI> addresses) throws IOException;

    /**
     * Reads the next answer.
     *
     * @param address what it answers
     * @param limit octets that a body may have
     */
    BatchReply read(URI address, int limit) throws IOException;

    /** Whether further answers or questions may follow. */
    boolean isReusable();

    /** Whether an answer came over it before, so that it may have been closed at the other end since. */
    boolean wasUsed();

    @Override
    void close();
}
