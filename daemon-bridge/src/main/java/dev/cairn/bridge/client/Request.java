// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.bridge.wire.Operation;
import dev.cairn.bridge.wire.WireReader;
import dev.cairn.bridge.wire.WireWriter;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * One question to a daemon.
 *
 * @param body writes what follows the operation's number
 * @param reply reads what comes once the work is done
 * @param source gives the data that the daemon asks for while it works
 * @param sink takes the data that the daemon sends while it works
 */
record Request<T>(Operation operation, Body body, Reply<T> reply, InputStream source, OutputStream sink) {
    /** Writes fields of a request. An exception that is not of the connection's making ends the request. */
    @FunctionalInterface
    interface Body {
        void write(WireWriter out) throws IOException, CairnException;
    }

    /** Reads the fields of a reply. */
    @FunctionalInterface
    interface Reply<T> {
        T read(WireReader in) throws IOException;
    }

    /** A question during which nothing is transferred. */
    Request(Operation operation, Body body, Reply<T> reply) {
        this(operation, body, reply, InputStream.nullInputStream(), OutputStream.nullOutputStream());
    }
}
