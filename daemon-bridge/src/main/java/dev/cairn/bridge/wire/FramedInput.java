// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Data in frames, as Nix's dialect sends it (daemon, section 17): a length of 64 bits that is not 0 and that many
 * octets, again and again, ended by a length of 0. Frames may be of any size, since nothing is kept. Closing it reads
 * what is left, so that the connection can go on; the connection itself stays open.
 */
public final class FramedInput extends InputStream {
    private final WireReader in;
    private long left;
    private boolean ended;

    public FramedInput(WireReader in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        if (!open()) {
            return -1;
        }
        int octet = in.stream().read();
        if (octet < 0) {
            throw new EOFException(WireText.END_OF_FILE);
        }
        left--;
        return octet;
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!open()) {
            return -1;
        }
        int count = in.stream().read(target, start, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException(WireText.END_OF_FILE);
        }
        left -= count;
        return count;
    }

    /** Goes on to the next frame where one is used up. @return false at the end of all */
    private boolean open() throws IOException {
        if (!ended && left == 0) {
            left = in.readLong();
            ended = left == 0;
        }
        if (left < 0) {
            // Nothing that follows can be understood, so this is said again to whoever goes on reading.
            throw new WireException("frame is too long");
        }
        return !ended;
    }

    @Override
    public void close() throws IOException {
        byte[] unread = new byte[8192];
        while (read(unread, 0, unread.length) >= 0) {
            // What nobody wanted has to leave the connection all the same.
        }
    }
}
