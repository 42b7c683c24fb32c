// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.io.InputStream;
import java.util.Optional;

/** An answer over a connection of our own, which is kept for further questions once all of the answer was read. */
final class DirectAnswer implements Answer {
    private final PipelinedConnection connection;
    private final IdleConnections lines;
    private final PipelinedConnection.Head head;
    private final InputStream body;

    DirectAnswer(
            PipelinedConnection connection,
            IdleConnections lines,
            PipelinedConnection.Head head,
            InputStream body) {
        this.connection = connection;
        this.lines = lines;
        this.head = head;
        this.body = body;
    }

    @Override
    public int status() {
        return head.status();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(head.headers().get(name));
    }

    @Override
    public InputStream body() {
        return body;
    }


    @Override
    public void close() {
        if (connection.isReusable()) {
            lines.giveBack(connection);
        } else {
            connection.close();
        }
    }
}
