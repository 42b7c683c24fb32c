// SPDX-License-Identifier: Apache-2.0
package dev.cairn.compression;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.cairn.fs.Lzma;
import dev.cairn.narinfo.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses what a server sends. Several compressed pieces behind each other are one; what is cut off, damaged or
 * followed by something else is a {@link DamagedException}, as is more than was announced. What goes wrong where the
 * data comes from is thrown as it is. To be read and closed by one thread.
 */
public final class Decompressor extends InputStream {
    private static final int BUFFER = 64 * 1024;

    private final Source source;
    private final Compression compression;
    private final long limit;
    private @Nullable InputStream decoder;
    private long count;

    /**
     * @param in is closed with this
     * @param limit octets that may come out
     */
    public Decompressor(InputStream in, Compression compression, long limit) {
        this.source = new Source(in);
        this.compression = compression;
        this.limit = limit;
    }

    private static InputStream open(InputStream in, Compression compression) throws IOException {
        return switch (compression) {
            case NONE -> in;
            case GZIP ->
                GzipCompressorInputStream.builder()
                        .setInputStream(in)
                        .setBufferSize(BUFFER)
                        .setDecompressConcatenated(true)
                        .get();
            case LZIP -> {
                Optional<InputStream> quick = Lzma.lzip(in);
                yield quick.isPresent() ? quick.get() : new LzipInputStream(in);
            }
            case ZSTD -> new ZstdInputStreamNoFinalizer(in);
            case XZ -> Lzma.xz(in);
            case BZIP2 -> new BZip2CompressorInputStream(in, true);
        };
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, octets.length);
        if (length == 0) {
            return 0;
        }
        int n = decode(octets, offset, length);
        if (n < 0 && source.isEmpty() && compression != Compression.NONE) {
            throw new DamagedException("there is nothing where " + compression + " data should be");
        }
        count += Math.max(n, 0);
        if (count > limit) {
            throw new DamagedException("there is more of it than the " + limit + " octets that there should be");
        }
        return n;
    }

    private int decode(byte[] octets, int offset, int length) throws IOException {
        try {
            if (decoder == null) {
                decoder = open(source, compression);
            }
            int n = decoder.read(octets, offset, length);
            // Some decoders take a source that fails for one that ended.
            source.rethrow();
            return n;
        } catch (IOException | RuntimeException e) {
            source.rethrow();
            throw new DamagedException("the " + compression + " data is damaged or cut off", e);
        }
    }

    @Override
    public void close() throws IOException {
        InputStream opened = decoder;
        try (source) {
            if (opened != null) {
                opened.close();
            }
        }
    }
}
