// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import java.util.Optional;

/** How a part of a package or an index is compressed. */
public enum Compression {
    NONE(""),
    GZIP(".gz"),
    XZ(".xz"),
    ZSTD(".zst"),
    BZIP2(".bz2"),
    LZMA(".lzma");

    private final String suffix;

    Compression(String suffix) {
        this.suffix = suffix;
    }

    /** What names of such files end with; empty for {@link #NONE}. */
    public String suffix() {
        return suffix;
    }

    /** The compression of a file called {@code base} and a suffix, if {@code name} is that. */
    public static Optional<Compression> of(String base, String name) {
        if (!name.startsWith(base)) {
            return Optional.empty();
        }
        String rest = name.substring(base.length());
        for (Compression compression : values()) {
            if (compression.suffix.equals(rest)) {
                return Optional.of(compression);
            }
        }
        return Optional.empty();
    }
}
