// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.io.IOException;
import java.io.OutputStream;

/** A stream, which takes every octet once: what comes anew after a connection broke is passed over. */
final class StreamTarget implements Target {
    private final OutputStream out;
    private long position;
    private long written;

    /** @param out closed by the caller */
    StreamTarget(OutputStream out) {
        this.out = out;
    }

    @Override
    public void begin(long position) {
        this.position = position;
    }

    @Override
    public void write(byte[] octets, int length) throws IOException {
        int known = (int) Math.min(length, Math.max(0, written - position));
        if (known < length) {
            out.write(octets, known, length - known);
            written += length - known;
        }
        position += length;
    }

    @Override
    public boolean isCheckedAfterwards() {
        return true;
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
