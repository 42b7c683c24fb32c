// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel;

import dev.cairn.manifest.ManifestEntry;
import dev.cairn.path.StorePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Packages made realisable.
 *
 * @param entries for each wanted one its entry, in the same order
 * @param origins where the entries' items come from, those of what comes along too
 * @param fileSizes octets of what derivations download, by derivation, where known
 * @param notes what the user should know and might not expect, one sentence each
 */
public record Selection(
        List<ManifestEntry> entries,
        Map<StorePath, Origin> origins,
        Map<StorePath, Long> fileSizes,
        List<String> notes) {
    /** How an item comes into the store. */
    public sealed interface Origin {
        /**
         * It is an output of a derivation.
         *
         * @param derivation a {@code .drv} item; not valid where it is to be fetched itself
         * @param output which of its outputs the item is
         * @param impure whether its build, or that of an input, sees the host's {@code /usr}
         */
        record Built(StorePath derivation, String output, boolean impure) implements Origin {}

        /**
         * It is fetched as it is, with all that it refers to.
         *
         * @param deriver the derivation that made it elsewhere, where known; need not be valid
         */
        record Fetched(Optional<StorePath> deriver) implements Origin {}
    }

    public Selection {
        entries = List.copyOf(entries);
        origins = Map.copyOf(origins);
        fileSizes = Map.copyOf(fileSizes);
        notes = List.copyOf(notes);
    }
}
