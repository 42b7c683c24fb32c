// SPDX-License-Identifier: Apache-2.0
package dev.cairn.compression;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.cairn.narinfo.Compression;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;

/** Compresses what is published. The same contents give the same octets on one machine. */
public final class Compressor {
    private static final int BUFFER = 64 * 1024;

    private Compressor() {}

    /**
     * The highest level of a compression that publishing takes, which 1 is the lowest of; 0 where there are none. What
     * is only read here has none to say. Levels above take memory for every client that no server has.
     */
    public static OptionalInt highestLevel(Compression compression) {
        return switch (compression) {
            case NONE -> OptionalInt.of(0);
            case GZIP, LZIP -> OptionalInt.of(9);
            case ZSTD -> OptionalInt.of(19);
            case XZ, BZIP2 -> OptionalInt.empty();
        };
    }

    /**
     * Opens a stream whose closing ends the compressed data.
     *
     * @param out is closed with the result, or the result itself if nothing is compressed
     * @param level 1 to {@link #highestLevel}; of no meaning for {@link Compression#NONE}
     * @throws IllegalArgumentException for xz and bzip2, which are only read here, and for other levels
     */
    public static OutputStream open(OutputStream out, Compression compression, int level) throws IOException {
        int highest = highestLevel(compression).orElseThrow(() -> unsupported(compression));
        if (highest > 0 && (level < 1 || level > highest)) {
            throw new IllegalArgumentException(compression + " has no level " + level);
        }
        return switch (compression) {
            case NONE -> out;
            case GZIP -> new Gzip(out, level);
            case LZIP ->
                new BufferedOutputStream(new LzipOutputStream(new BufferedOutputStream(out, BUFFER), level), BUFFER);
            case ZSTD -> new ZstdOutputStreamNoFinalizer(out, level);
            case XZ, BZIP2 -> throw unsupported(compression);
        };
    }

    private static IllegalArgumentException unsupported(Compression compression) {
        return new IllegalArgumentException(compression + " is not written here");
    }

    /** With a level, which the JDK's has no parameter for. */
    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out, int level) throws IOException {
            super(out, BUFFER);
            def.setLevel(level);
        }
    }
}
