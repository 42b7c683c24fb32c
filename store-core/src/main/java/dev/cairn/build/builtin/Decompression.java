// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
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
            return open(in, "gz");
        }
        if (start.startsWith("425a68")) {
            return open(in, "bz2");
        }
        if (start.equals("fd377a585a00")) {
            return open(in, "xz");
        }
        return start.startsWith("28b52ffd") ? open(in, "zst") : in;
    }

    /**
     * Opens a file that is compressed in a certain way.
     *
     * @param in is closed with the result
     * @param ending by which the way is named: gz, bz2, xz, lzma or zst
     */
    static InputStream open(InputStream in, String ending) throws IOException {
        try {
            return switch (ending) {
                case "gz" ->
                    GzipCompressorInputStream.builder()
                            .setInputStream(in)
                            .setDecompressConcatenated(true)
                            .get();
                case "bz2" -> new BZip2CompressorInputStream(in, true);
                case "xz" -> Lzma.xz(in);
                case "lzma" -> Lzma.alone(in);
                case "zst" -> new ZstdInputStreamNoFinalizer(in);
                default -> throw new IllegalArgumentException(ending);
            };
        } catch (IOException e) {
            throw new DamagedException(e);
        }
    }
}
