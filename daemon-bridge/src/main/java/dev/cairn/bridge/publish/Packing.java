// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.compression.Compressor;
import dev.cairn.error.FormatException;
import dev.cairn.narinfo.Compression;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/**
 * How archives are compressed before they are sent.
 *
 * @param level of effort, as the method counts it; 0 for none
 */
public record Packing(Compression compression, int level) {
    public static final Packing NONE = new Packing(Compression.NONE, 0);

    /** What is used where nothing else is wished. */
    public static final Packing DEFAULT = new Packing(Compression.GZIP, 3);

    private static final int USUAL_LEVEL = 3;
    private static final List<String> COMPRESSED =
            List.of("gz", "bz2", "xz", "lz", "lzma", "tgz", "tbz2", "tzst", "zip", "zst");

    public Packing {
        if (level < 0 || level > Compressor.highestLevel(compression).orElse(-1)) {
            throw new IllegalArgumentException(compression + " has no level " + level);
        }
    }

    /**
     * Reads {@code METHOD}, {@code METHOD:LEVEL} or {@code LEVEL}, which is gzip's; level 0 means no compression.
     *
     * @throws FormatException also for methods that {@code guix publish} does not know
     */
    public static Packing parse(String text) throws FormatException {
        String[] parts = text.matches("[0-9]+") ? new String[] {"gzip", text} : text.split(":", 2);
        Compression compression = Compression.of(parts[0].toLowerCase(Locale.ROOT))
                .filter(known -> Compressor.highestLevel(known).isPresent())
                .orElseThrow(() -> problem(text, "the methods are gzip, lzip, zstd and none"));
        String level = parts.length > 1 ? parts[1] : Integer.toString(USUAL_LEVEL);
        if (!level.matches("[0-9]{1,2}")) {
            throw problem(text, "the level is no number");
        }
        if (compression == Compression.NONE || Integer.parseInt(level) == 0) {
            return NONE;
        }
        int highest = Compressor.highestLevel(compression).orElseThrow();
        if (Integer.parseInt(level) > highest) {
            throw problem(text, "its highest level is " + highest);
        }
        return new Packing(compression, Integer.parseInt(level));
    }

    private static FormatException problem(String text, String problem) {
        return new FormatException("compression", "'" + text + "' cannot be used: " + problem);
    }

    /** How one item is packed: what is compressed already is left as it is. */
    static List<Packing> of(StorePath item, List<Packing> wished) {
        String name = item.name();
        return COMPRESSED.contains(name.substring(name.lastIndexOf('.') + 1)) && name.indexOf('.') >= 0
                ? List.of(NONE)
                : wished;
    }

    /** A stream that compresses and whose closing ends what is compressed, and closes {@code out}. */
    OutputStream open(OutputStream out) throws IOException {
        return Compressor.open(out, compression, level);
    }

    /** Megabytes that one stream takes while it is made, about. */
    int memory() {
        return switch (compression) {
            case NONE, GZIP, XZ, BZIP2 -> 1;
            case ZSTD -> level < 10 ? 16 : 100;
            case LZIP -> level < 4 ? 32 : 100;
        };
    }
}
