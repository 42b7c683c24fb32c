// SPDX-License-Identifier: Apache-2.0
package dev.cairn.compression;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;

/** Writes one member of lzip's format, version 1. */
final class LzipOutputStream extends OutputStream {
    /** Longer ones make compressors need hundreds of MiB. */
    private static final int MAX_DICTIONARY = 8 << 20;

    private final Counting out;
    private final LZMAOutputStream encoder;
    private final CRC32 checksum = new CRC32();
    private long size;
    private boolean closed;

    /**
     * @param out is closed with this
     * @param level 0 to 9
     */
    LzipOutputStream(OutputStream out, int level) throws IOException {
        this.out = new Counting(out);
        LZMA2Options options = new LZMA2Options(level);
        options.setDictSize(Math.min(options.getDictSize(), MAX_DICTIONARY));
        this.out.write(LzipInputStream.MAGIC);
        this.out.write(LzipInputStream.VERSION);
        // All presets have powers of two.
        this.out.write(Integer.numberOfTrailingZeros(options.getDictSize()));
        this.encoder = new LZMAOutputStream(this.out, options, true);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        encoder.write(octets, offset, length);
        checksum.update(octets, offset, length);
        size += length;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            encoder.finish();
            out.write(ByteBuffer.allocate(LzipInputStream.TRAILER)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) checksum.getValue())
                    .putLong(size)
                    .putLong(out.count + LzipInputStream.TRAILER)
                    .array());
        }
    }

    private static final class Counting extends FilterOutputStream {
        private long count;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
            count++;
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            out.write(octets, offset, length);
            count += length;
        }
    }
}
