// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.bridge.wire.Message;
import dev.cairn.bridge.wire.WireReader;
import java.io.IOException;
import java.io.InputStream;

/** Data that the client sends when it is asked to while the server works (daemon, section 3). */
final class DataInput extends InputStream {
    /** As much as guix-daemon asks for at a time. */
    private static final int PORTION = 32 * 1024;

    private final Conversation conversation;
    private byte[] portion = {};
    private int taken;
    private boolean ended;

    DataInput(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Whether the client had no more, though it was asked. */
    boolean hasEnded() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        return available() > 0 || ask() ? portion[taken++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (available() == 0 && !ask()) {
            return -1;
        }
        int count = Math.min(length, available());
        System.arraycopy(portion, taken, target, offset, count);
        taken += count;
        return count;
    }

    @Override
    public int available() {
        return portion.length - taken;
    }

    private boolean ask() throws IOException {
        if (ended) {
            return false;
        }
        conversation.send(out -> {
            out.writeMessage(Message.READ);
            out.writeInt(PORTION);
        });
        WireReader in = conversation.in();
        portion = in.readBytes(PORTION);
        taken = 0;
        ended = portion.length == 0;
        return !ended;
    }
}
