// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.profile;

import dev.cairn.manifest.ManifestEntry;
import java.util.List;

/**
 * What a profile holds at one moment.
 *
 * @param generation its number; 0 when nothing was ever installed
 * @param entries top-level packages, most recently installed first
 */
public record Installed(int generation, List<ManifestEntry> entries) {
    /** A profile in which nothing was ever installed. */
    public static final Installed NOTHING = new Installed(0, List.of());

    public Installed {
        entries = List.copyOf(entries);
    }

    /** The installed outputs of a package. */
    public List<ManifestEntry> outputsOf(String name) {
        return entries.stream().filter(entry -> entry.name().equals(name)).toList();
    }
}
