// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.Message;
import java.io.IOException;
import java.io.OutputStream;

/** Sends data while the server works, in messages of at most 64 KiB, as guix-daemon does (daemon, section 3). */
final class DataOutput extends OutputStream {
    private static final int CAPACITY = 64 * 1024;

    private final Conversation conversation;
    private final byte[] buffer = new byte[CAPACITY];
    private int filled;

    DataOutput(Conversation conversation) {
        this.conversation = conversation;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (filled == CAPACITY) {
                empty();
            }
            int count = Math.min(CAPACITY - filled, length - done);
            System.arraycopy(octets, offset + done, buffer, filled, count);
            filled += count;
            done += count;
        }
    }

    private void empty() throws IOException {
        if (filled > 0) {
            int length = filled;
            filled = 0;
            conversation.send(out -> {
                out.writeMessage(Message.WRITE);
                out.writeBytes(buffer, 0, length);
            });
        }
    }

    @Override
    public void close() throws IOException {
        empty();
    }
}
