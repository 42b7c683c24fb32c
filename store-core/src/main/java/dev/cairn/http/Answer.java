// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What a server answers to a question for a file; its body comes as it is read. Used by one thread. */
interface Answer extends AutoCloseable {
    int status();

    /** The value of a header, whose name is in lower case. */
    Optional<String> header(String name);

    /** To be read once. Whoever closes it, from any thread, ends a read that waits. */
    InputStream body();

    /** Lets go of the connection. */
    @Override
    void close() throws IOException;
}
