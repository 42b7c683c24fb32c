// SPDX-License-Identifier: Apache-2.0
package dev.cairn.compression;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.LZMAInputStream;

/**
 * Reads files of lzip, version 1 of the format, of any number of members: a header of 6 octets, LZMA data with an end
 * marker, a trailer of 20 octets. For where liblzma cannot; what is wrong is an {@link IOException}.
 */
final class LzipInputStream extends InputStream {
    static final byte[] MAGIC = "LZIP".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    static final int TRAILER = 20;

    /** The only LZMA parameters of the format: lc=3, lp=0, pb=2. */
    static final byte PROPERTIES = 93;

    private static final int HEADER = 6;
    private static final int MIN_DICTIONARY = 1 << 12;

    /** What a decoder may take here; the format allows for twice as much, its programs use up to 32 MiB. */
    private static final int MAX_DICTIONARY = 1 << 28;

    private final Buffered in;
    private final CRC32 checksum = new CRC32();
    private @Nullable LZMAInputStream member;
    private boolean isFirst = true;
    private long memberStart;
    private long size;

    LzipInputStream(InputStream in) {
        this.in = new Buffered(in);
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
        while (true) {
            if (member == null) {
                member = nextMember();
            }
            if (member == null) {
                return -1;
            }
            int n = member.read(octets, offset, length);
            if (n > 0) {
                checksum.update(octets, offset, n);
                size += n;
                return n;
            }
            endMember();
        }
    }

    private @Nullable LZMAInputStream nextMember() throws IOException {
        memberStart = in.position;
        byte[] header = in.readNBytes(HEADER);
        if (header.length == 0 && !isFirst) {
            return null;
        }
        if (header.length < HEADER
                || !Arrays.equals(Arrays.copyOf(header, MAGIC.length), MAGIC)
                || header[MAGIC.length] != VERSION) {
            throw new IOException("no member of lzip");
        }
        isFirst = false;
        checksum.reset();
        size = 0;
        return new LZMAInputStream(in, -1, PROPERTIES, dictionary(header[HEADER - 1] & 0xff));
    }

    /** A power of two, less up to seven sixteenths of it. */
    private static int dictionary(int code) throws IOException {
        int log = code & 0x1f;
        long octets = (1L << log) - (code >> 5) * ((1L << log) / 16);
        if (octets < MIN_DICTIONARY || octets > MAX_DICTIONARY) {
            throw new IOException("a dictionary of " + octets + " octets");
        }
        return (int) octets;
    }

    private void endMember() throws IOException {
        byte[] octets = in.readNBytes(TRAILER);
        if (octets.length < TRAILER) {
            throw new EOFException("the member is cut off");
        }
        ByteBuffer trailer = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        boolean fits = trailer.getInt() == (int) checksum.getValue()
                && trailer.getLong() == size
                && trailer.getLong() == in.position - memberStart;
        if (!fits) {
            throw new IOException("the member is not what its end says");
        }
        member = null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Single octets without locks, and how many were taken. */
    private static final class Buffered extends InputStream {
        private final InputStream in;
        private final byte[] buffer = new byte[64 * 1024];
        private int next;
        private int filled;
        private long position;

        Buffered(InputStream in) {
            this.in = in;
        }

        private boolean fill() throws IOException {
            if (next == filled) {
                filled = Math.max(0, in.read(buffer));
                next = 0;
            }
            return filled > 0;
        }

        @Override
        public int read() throws IOException {
            if (!fill()) {
                return -1;
            }
            position++;
            return buffer[next++] & 0xff;
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int n = Math.min(length, filled - next);
            System.arraycopy(buffer, next, octets, offset, n);
            next += n;
            position += n;
            return n;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
