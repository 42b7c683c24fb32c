// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.builtin;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** Finds out by its first octets how a file is compressed. */
final class Decompression {
    private static final int XZ_MEMORY_KIB = 256 * 1024;

    private Decompression() {}

    /** @param in is closed with the result; a stream of no known kind is the result itself */
    static InputStream open(BufferedInputStream in) throws IOException {
        byte[] magic = new byte[6];
        in.mark(magic.length);
        int length = in.readNBytes(magic, 0, magic.length);
        in.reset();
        String start = HexFormat.of().formatHex(Arrays.copyOf(magic, length));
        try {
            if (start.startsWith("1f8b")) {
                return GzipCompressorInputStream.builder()
                        .setInputStream(in)
                        .setDecompressConcatenated(true)
                        .get();
            }
            if (start.startsWith("425a68")) {
                return new BZip2CompressorInputStream(in, true);
            }
            if (start.equals("fd377a585a00")) {
                return new XZInputStream(in, XZ_MEMORY_KIB);
            }
            if (start.startsWith("28b52ffd")) {
                return new ZstdInputStreamNoFinalizer(in);
            }
            return in;
        } catch (IOException | RuntimeException e) {
            throw new UnpackBuilder.DamagedException(e);
        }
    }
}
