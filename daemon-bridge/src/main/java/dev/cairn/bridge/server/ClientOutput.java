// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.WireWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;

/** What is sent to a client. For one thread at a time, though anybody may ask how long it has been stuck. */
final class ClientOutput extends OutputStream {
    private static final int CAPACITY = WireWriter.CAPACITY;
    private static final long NEVER = Long.MIN_VALUE;

    private final SocketChannel channel;
    private final ByteBuffer direct = ByteBuffer.allocateDirect(CAPACITY);
    private final AtomicLong since = new AtomicLong(NEVER);

    ClientOutput(SocketChannel channel) {
        this.channel = channel;
    }

    /** For how long the client has taken nothing of what it is being sent, in nanoseconds; 0 when nothing is. */
    long stuck() {
        long start = since.get();
        return start == NEVER ? 0 : System.nanoTime() - start;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        int done = 0;
        try {
            while (done < length) {
                int count = Math.min(CAPACITY, length - done);
                direct.clear();
                direct.put(octets, offset + done, count).flip();
                while (direct.hasRemaining()) {
                    since.set(System.nanoTime());
                    channel.write(direct);
                }
                done += count;
            }
        } finally {
            since.set(NEVER);
        }
    }
}
