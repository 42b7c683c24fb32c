// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/** What goes to a client, in pieces for each of which it has its time. Buffers nothing. */
final class ClientOutput extends OutputStream {
    private static final int PIECE = 64 * 1024;

    private final SocketChannel channel;
    private final Stopwatch stopwatch;

    ClientOutput(SocketChannel channel, Stopwatch stopwatch) {
        this.channel = channel;
        this.stopwatch = stopwatch;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(octets, offset, length);
        int end = buffer.limit();
        while (buffer.position() < end) {
            buffer.limit(Math.min(end, buffer.position() + PIECE));
            stopwatch.enter(Stopwatch.Phase.SENDING);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
        stopwatch.enter(Stopwatch.Phase.WORKING);
    }

    /** Has the system copy a part of a file. */
    void send(FileChannel file, Part part) throws IOException {
        long position = part.start();
        long end = part.start() + part.length();
        while (position < end) {
            stopwatch.enter(Stopwatch.Phase.SENDING);
            long sent = file.transferTo(position, Math.min(PIECE, end - position), channel);
            if (sent <= 0) {
                throw new EOFException("a file became shorter while it was sent");
            }
            position += sent;
        }
        stopwatch.enter(Stopwatch.Phase.WORKING);
    }
}
