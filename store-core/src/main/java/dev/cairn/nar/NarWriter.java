// SPDX-License-Identifier: Apache-2.0
package dev.cairn.nar;

import dev.cairn.error.FormatException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Writes one archive (formats, section 2.2), whose octets follow from the tree alone. Calls in an order that makes no
 * archive, names out of order among them, are errors of the caller and throw {@link IllegalStateException}.
 *
 * <p>Buffers: nothing is complete in the stream before {@link #finish}. Never closes the stream. Not safe for use by
 * several threads.
 */
public final class NarWriter implements NarSink {
    private static final int BUFFER_SIZE = 256 * 1024;
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte[] MAGIC = NarTokens.encode(NarTokens.MAGIC);
    private static final byte[] CLOSE = NarTokens.encode(NarTokens.CLOSE);
    private static final byte[] REGULAR =
            NarTokens.encode(NarTokens.OPEN, NarTokens.TYPE, NarTokens.REGULAR, NarTokens.CONTENTS);
    private static final byte[] EXECUTABLE = NarTokens.encode(
            NarTokens.OPEN, NarTokens.TYPE, NarTokens.REGULAR, NarTokens.EXECUTABLE, "", NarTokens.CONTENTS);
    private static final byte[] SYMLINK =
            NarTokens.encode(NarTokens.OPEN, NarTokens.TYPE, NarTokens.SYMLINK, NarTokens.TARGET);
    private static final byte[] DIRECTORY = NarTokens.encode(NarTokens.OPEN, NarTokens.TYPE, NarTokens.DIRECTORY);
    private static final byte[] ENTRY = NarTokens.encode(NarTokens.ENTRY, NarTokens.OPEN, NarTokens.NAME);
    private static final byte[] NODE = NarTokens.encode(NarTokens.NODE);
    private static final byte[] NO_NAME = {};

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int used;

    /** For each open directory the name of its latest entry. */
    private final Deque<byte[]> directories = new ArrayDeque<>();

    private boolean nodeExpected = true;

    /** Starts an archive. @param out is never closed by this */
    public NarWriter(OutputStream out) throws IOException {
        this.out = out;
        put(MAGIC);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IOException also when {@code contents} has not exactly {@code size} octets, as that of a file which
     *     changes meanwhile
     */
    @Override
    public void regular(boolean executable, long size, InputStream contents) throws IOException {
        beginRegular(executable, size);
        copy(size, contents);
        endRegular(size);
    }

    /** Begins a file whose contents follow by {@link #contents}. */
    void beginRegular(boolean executable, long size) throws IOException {
        if (size < 0) {
            throw new IllegalArgumentException("negative size: " + size);
        }
        beginNode();
        put(executable ? EXECUTABLE : REGULAR);
        putLong(size);
    }

    /** Writes some of a file's contents; the caller counts them. */
    void contents(byte[] octets, int offset, int length) throws IOException {
        if (buffer.length - used < length) {
            flushBuffer();
        }
        if (length > buffer.length) {
            out.write(octets, offset, length);
        } else {
            System.arraycopy(octets, offset, buffer, used, length);
            used += length;
        }
    }

    /** Ends a file of this size. */
    void endRegular(long size) throws IOException {
        pad(size);
        put(CLOSE);
        endNode();
    }

    /** What stands before the contents in the archive of a single file. */
    public static byte[] beforeContents(boolean executable, long size) {
        byte[] head = executable ? EXECUTABLE : REGULAR;
        byte[] octets = Arrays.copyOf(MAGIC, MAGIC.length + head.length + Long.BYTES);
        System.arraycopy(head, 0, octets, MAGIC.length, head.length);
        LONGS.set(octets, MAGIC.length + head.length, size);
        return octets;
    }

    /** What stands behind the contents in the archive of a single file. */
    public static byte[] afterContents(long size) {
        int padding = (int) (-size & 7);
        byte[] octets = new byte[padding + CLOSE.length];
        System.arraycopy(CLOSE, 0, octets, padding, CLOSE.length);
        return octets;
    }

    /** A file whose contents are in memory. */
    public void regular(boolean executable, byte[] contents) throws IOException {
        regular(executable, contents.length, new ByteArrayInputStream(contents));
    }

    @Override
    public void symlink(String target) throws IOException {
        byte[] octets;
        try {
            octets = NarNames.encodeTarget(target);
        } catch (FormatException e) {
            throw new IOException(e.getMessage(), e);
        }
        beginNode();
        put(SYMLINK);
        putString(octets);
        put(CLOSE);
        endNode();
    }

    @Override
    public void directoryStart() throws IOException {
        beginNode();
        put(DIRECTORY);
        directories.push(NO_NAME);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IOException also when {@code name} is not allowed in archives
     */
    @Override
    public void entry(String name) throws IOException {
        byte[] octets;
        try {
            octets = NarNames.encodeName(name);
        } catch (FormatException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (nodeExpected || directories.isEmpty()) {
            throw new IllegalStateException("an entry outside a directory: " + name);
        }
        if (Arrays.compareUnsigned(directories.pop(), octets) >= 0) {
            throw new IllegalStateException("an entry that is not in ascending order: " + name);
        }
        directories.push(octets);
        put(ENTRY);
        putString(octets);
        put(NODE);
        nodeExpected = true;
    }

    @Override
    public void directoryEnd() throws IOException {
        if (nodeExpected || directories.isEmpty()) {
            throw new IllegalStateException("no directory can end here");
        }
        directories.pop();
        put(CLOSE);
        endNode();
    }

    /** Writes out what is buffered; the archive must be complete. */
    public void finish() throws IOException {
        if (nodeExpected || !directories.isEmpty()) {
            throw new IllegalStateException("the archive is not complete");
        }
        flushBuffer();
        out.flush();
    }

    private void beginNode() {
        if (!nodeExpected) {
            throw new IllegalStateException("a node where none can be");
        }
        nodeExpected = false;
    }

    private void endNode() throws IOException {
        if (!directories.isEmpty()) {
            put(CLOSE);
        }
    }

    private void copy(long size, InputStream contents) throws IOException {
        long left = size;
        while (left > 0) {
            if (used == buffer.length) {
                flushBuffer();
            }
            int n = contents.read(buffer, used, (int) Math.min(left, buffer.length - used));
            if (n < 0) {
                throw new EOFException("a file of " + size + " octets ended " + left + " octets early");
            }
            used += n;
            left -= n;
        }
        if (contents.read() >= 0) {
            throw new IOException("a file has more than the " + size + " octets it had before");
        }
    }

    private void putString(byte[] octets) throws IOException {
        putLong(octets.length);
        put(octets);
        pad(octets.length);
    }

    private void pad(long length) throws IOException {
        int padding = (int) (-length & 7);
        room(padding);
        Arrays.fill(buffer, used, used + padding, (byte) 0);
        used += padding;
    }

    private void putLong(long value) throws IOException {
        room(8);
        LONGS.set(buffer, used, value);
        used += 8;
    }

    private void put(byte[] octets) throws IOException {
        room(octets.length);
        System.arraycopy(octets, 0, buffer, used, octets.length);
        used += octets.length;
    }

    /** Makes room for {@code length} octets, which is less than the buffer's size. */
    private void room(int length) throws IOException {
        if (buffer.length - used < length) {
            flushBuffer();
        }
    }

    private void flushBuffer() throws IOException {
        out.write(buffer, 0, used);
        used = 0;
    }
}
