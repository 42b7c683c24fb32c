// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.cairn.narinfo.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** Decompresses. */
final class Decompression {
    private Decompression() {}

    static InputStream open(Compression compression, InputStream in) throws IOException {
        return switch (compression) {
            case NONE -> in;
            case GZIP -> new GZIPInputStream(in, 1 << 16);
            case LZIP -> throw new IOException("lzip");
            case ZSTD -> new ZstdInputStreamNoFinalizer(in).setContinuous(false);
            case XZ -> new XZInputStream(in, 1 << 17);
            case BZIP2 -> new BZip2CompressorInputStream(in, true);
        };
    }
}
