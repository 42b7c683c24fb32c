// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel;

import dev.cairn.manifest.ManifestEntry;
import dev.cairn.path.StorePath;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Packages made realisable.
 *
 * @param entries for each wanted one its entry, in the same order
 * @param origins how the entries' items are made, those of what comes along too
 * @param downloadSize octets of the files that are not in the store yet, where known
 * @param notes what the user should know and might not expect, one sentence each
 */
public record Selection(
        List<ManifestEntry> entries,
        Map<StorePath, Origin> origins,
        OptionalLong downloadSize,
        List<String> notes) {
    /**
     * How an item is made.
     *
     * @param derivation a valid {@code .drv} item
     * @param output which of its outputs the item is
     * @param impure whether its build, or that of an input, sees the host's {@code /usr}
     */
    public record Origin(StorePath derivation, String output, boolean impure) {}

    public Selection {
        entries = List.copyOf(entries);
        origins = Map.copyOf(origins);
        notes = List.copyOf(notes);
    }
}
