// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import java.util.Comparator;
import java.util.List;

/** Which of the offered NARs is taken (formats, section 6.3). */
public enum NarPreference {
    /**
     * The smallest, for where the network is what one waits for: those of known size by size, then the others by how
     * well they are compressed as a rule.
     */
    SMALLEST(List.of(
            Compression.LZIP,
            Compression.ZSTD,
            Compression.XZ,
            Compression.BZIP2,
            Compression.GZIP,
            Compression.NONE)) {
        @Override
        Comparator<NarChoice> comparator() {
            return bySize().thenComparing(byCompression());
        }
    },
    /** The one that takes the least time to decompress, for where the network is quicker than that. */
    FASTEST(List.of(
            Compression.NONE,
            Compression.ZSTD,
            Compression.GZIP,
            Compression.LZIP,
            Compression.XZ,
            Compression.BZIP2)) {
        @Override
        Comparator<NarChoice> comparator() {
            return byCompression().thenComparing(bySize());
        }
    };

    private final List<Compression> order;

    NarPreference(List<Compression> order) {
        this.order = order;
    }

    /** The best first; equals keep their order. */
    public List<NarChoice> sort(List<NarChoice> choices) {
        return choices.stream().sorted(comparator()).toList();
    }

    abstract Comparator<NarChoice> comparator();

    Comparator<NarChoice> byCompression() {
        return Comparator.comparingInt(choice -> order.indexOf(choice.compression()));
    }

    static Comparator<NarChoice> bySize() {
        return Comparator.comparingLong(choice -> choice.fileSize().orElse(Long.MAX_VALUE));
    }
}
