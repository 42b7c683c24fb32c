// SPDX-License-Identifier: Apache-2.0
package dev.cairn.manifest;

import java.util.List;

/**
 * The packages of a profile, most recently installed first (formats, section 10.6).
 *
 * @param entries top-level entries; what they propagate is inside them
 */
public record Manifest(List<ManifestEntry> entries) {
    public static final Manifest EMPTY = new Manifest(List.of());

    public Manifest {
        entries = List.copyOf(entries);
    }
}
