// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The body of an answer as it comes over a connection: of a length that was announced, in chunks, or up to where the
 * connection ends (RFC 9112, section 6.3). Closing it ends the connection unless all of it was read. Read by one
 * thread, closed by any.
 */
final class Body extends InputStream {
    private final PipelinedConnection connection;
    private final InputStream in;
    private final boolean chunked;

    /** What is left of the body, or of the chunk. */
    private long left;

    private volatile boolean complete;
    private boolean begun;

    /** @param length of the body; empty for one that ends with the connection */
    private Body(PipelinedConnection connection, InputStream in, boolean chunked, OptionalLong length) {
        this.connection = connection;
        this.in = in;
        this.chunked = chunked;
        this.left = chunked ? 0 : length.orElse(Long.MAX_VALUE);
        this.complete = !chunked && left == 0;
    }

    static Body chunked(PipelinedConnection connection, InputStream in) {
        return new Body(connection, in, true, OptionalLong.empty());
    }

    static Body of(PipelinedConnection connection, InputStream in, long length) {
        return new Body(connection, in, false, OptionalLong.of(length));
    }

    static Body upToTheEnd(PipelinedConnection connection, InputStream in) {
        return new Body(connection, in, false, OptionalLong.empty());
    }

    /** Whether nothing more comes. */
    boolean isComplete() {
        return complete;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (chunked && left == 0 && !complete) {
            nextChunk();
        }
        if (complete) {
            return -1;
        }
        int n = in.read(octets, offset, (int) Math.min(length, left));
        if (n < 0) {
            return end();
        }
        if (left != Long.MAX_VALUE) {
            left -= n;
        }
        if (!chunked && left == 0) {
            complete = true;
        }
        return n;
    }

    /** The connection ended. */
    private int end() throws IOException {
        if (left != Long.MAX_VALUE) {
            throw new EOFException("the connection ended early");
        }
        complete = true;
        return -1;
    }

    private void nextChunk() throws IOException {
        if (begun && !connection.line().isEmpty()) {
            throw new IOException("the server sends chunks that are longer than they say");
        }
        begun = true;
        left = Optional.of(connection.line().replaceFirst("[ ;].*", ""))
                .filter(size -> size.matches("[0-9a-fA-F]{1,15}"))
                .map(size -> Long.parseLong(size, 16))
                .orElseThrow(() -> new IOException("the server sends chunks of no size"));
        if (left == 0) {
            connection.headers();
            complete = true;
        }
    }

    @Override
    public void close() {
        if (!complete) {
            connection.close();
        }
    }
}
