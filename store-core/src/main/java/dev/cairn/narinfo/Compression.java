// SPDX-License-Identifier: Apache-2.0
package dev.cairn.narinfo;

import java.util.Locale;
import java.util.Optional;

/** How a NAR is compressed on its way. */
public enum Compression {
    NONE,
    GZIP,
    LZIP,
    ZSTD,
    XZ,
    BZIP2;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The name in narinfos and in addresses. */
    public String id() {
        return id;
    }

    /** The compression with this {@link #id()}; empty for those that are not known here. */
    public static Optional<Compression> of(String id) {
        for (Compression compression : values()) {
            if (compression.id.equals(id)) {
                return Optional.of(compression);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return id;
    }
}
