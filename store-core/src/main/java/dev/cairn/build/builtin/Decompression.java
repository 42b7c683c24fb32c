// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.cairn.debian.Compression;
import dev.cairn.fs.Lzma;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Opens compressed files. */
final class Decompression {
    private Decompression() {}

    /**
     * Finds out by its first octets how a file is compressed.
     *
     * @param in is closed with the result; a stream of no known kind is the result itself
     */
    static InputStream open(BufferedInputStream in) throws IOException {
        byte[] magic = new byte[6];
        in.mark(magic.length);
        int length = in.readNBytes(magic, 0, magic.length);
        in.reset();
        String start = HexFormat.of().formatHex(Arrays.copyOf(magic, length));
        if (start.startsWith("1f8b")) {
            return open(in, Compression.GZIP);
        }
        if (start.startsWith("425a68")) {
            return open(in, Compression.BZIP2);
        }
        if (start.equals("fd377a585a00")) {
            return open(in, Compression.XZ);
        }
        return start.startsWith("28b52ffd") ? open(in, Compression.ZSTD) : in;
    }

    /**
     * Opens a file that is compressed in a certain way.
     *
     * @param in is closed with the result, or the result itself if it is not compressed
     */
    static InputStream open(InputStream in, Compression compression) throws IOException {
        try {
            return switch (compression) {
                case NONE -> in;
                case GZIP ->
                    GzipCompressorInputStream.builder()
                            .setInputStream(in)
                            .setDecompressConcatenated(true)
                            .get();
                case BZIP2 -> new BZip2CompressorInputStream(in, true);
                case XZ -> Lzma.xz(in);
                case LZMA -> Lzma.alone(in);
                case ZSTD -> new ZstdInputStreamNoFinalizer(in);
            };
        } catch (IOException e) {
            throw new DamagedException(e);
        }
    }
}
