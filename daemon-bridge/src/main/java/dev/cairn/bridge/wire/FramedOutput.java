// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.wire;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Sends data in frames, as {@link FramedInput} reads it: each array written becomes one. Closing it ends the data and
 * sends all of it; the connection stays open.
 */
public final class FramedOutput extends OutputStream {
    private final WireWriter out;
    private boolean closed;

    public FramedOutput(WireWriter out) {
        this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int start, int length) throws IOException {
        if (length > 0) {
            out.writeLong(length);
            out.writeRaw(octets, start, length);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            out.writeLong(0);
            out.flush();
        }
    }
}
