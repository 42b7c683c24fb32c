// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.wire;

import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

/**
 * Writes the pieces that messages are made of (daemon, section 1). Small ones are gathered, so {@link #flush} when the
 * other end is to see them; large ones go straight through. For one thread at a time.
 */
public final class WireWriter {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] ZEROS = new byte[Long.BYTES];

    /** As much as one message of data has with all that is around it: the other end is woken once for each. */
    public static final int CAPACITY = 64 * 1024 + 64;

    private final OutputStream out;
    private final byte[] buffer = new byte[CAPACITY];
    private int filled;

    public WireWriter(OutputStream out) {
        this.out = out;
    }

    /** A number of 64 bits, any of them. */
    public void writeLong(long value) throws IOException {
        if (filled > CAPACITY - Long.BYTES) {
            empty();
        }
        LONGS.set(buffer, filled, value);
        filled += Long.BYTES;
    }

    /** A number from 0 to 2<sup>32</sup> - 1. */
    public void writeInt(long value) throws IOException {
        if (value < 0 || value > 0xffff_ffffL) {
            throw new IllegalArgumentException(value + " does not fit 32 bits");
        }
        writeLong(value);
    }

    /** 1 or 0. */
    public void writeBool(boolean value) throws IOException {
        writeLong(value ? 1 : 0);
    }

    /** A string of any octets. */
    public void writeBytes(byte[] octets) throws IOException {
        writeBytes(octets, 0, octets.length);
    }

    /** A string out of the middle of some octets. */
    public void writeBytes(byte[] octets, int start, int length) throws IOException {
        writeInt(length);
        writeRaw(octets, start, length);
        writeRaw(ZEROS, 0, -length & 7);
    }

    /** Octets as they are, without length or padding. */
    public void writeRaw(byte[] octets, int start, int length) throws IOException {
        if (length > CAPACITY - filled) {
            empty();
        }
        if (length > CAPACITY) {
            out.write(octets, start, length);
        } else {
            System.arraycopy(octets, start, buffer, filled, length);
            filled += length;
        }
    }

    /** A string that is text, in UTF-8. */
    public void writeText(String text) throws IOException {
        writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A list of texts, in the collection's order. */
    public void writeTexts(Collection<String> texts) throws IOException {
        writeInt(texts.size());
        for (String text : texts) {
            writeText(text);
        }
    }

    /** Pairs of texts, in the collection's order. */
    public void writePairs(Collection<? extends Map.Entry<String, String>> pairs) throws IOException {
        writeInt(pairs.size());
        for (Map.Entry<String, String> pair : pairs) {
            writeText(pair.getKey());
            writeText(pair.getValue());
        }
    }

    /** The full name of an item. */
    public void writeStorePath(StorePath path) throws IOException {
        writeText(path.toString());
    }

    /** A list of items, in the collection's order. */
    public void writeStorePaths(Collection<StorePath> paths) throws IOException {
        writeInt(paths.size());
        for (StorePath path : paths) {
            writeStorePath(path);
        }
    }

    /** The number that a message begins with. */
    public void writeMessage(Message message) throws IOException {
        writeInt(message.code());
    }

    /** Sends what was gathered. */
    public void flush() throws IOException {
        empty();
        out.flush();
    }

    private void empty() throws IOException {
        if (filled > 0) {
            // Whatever becomes of it, it is not to be sent twice.
            int length = filled;
            filled = 0;
            out.write(buffer, 0, length);
        }
    }
}
