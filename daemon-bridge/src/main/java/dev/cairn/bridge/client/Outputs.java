// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.client;

import dev.cairn.daemon.DerivationItems;
import dev.cairn.derivation.DerivationParser;
import dev.cairn.error.FormatException;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** What a derivation makes, as its file says where that can be read on this machine. */
final class Outputs {
    private Outputs() {}

    /** The outputs; none where the file cannot be read. */
    static List<StorePath> of(StoreLayout layout, StorePath derivation) {
        Path file = layout.physical(derivation);
        try {
            return Files.size(file) > DerivationItems.MAX_SIZE
                    ? List.of()
                    : DerivationParser.parse(layout.storeDirectory(), Files.readAllBytes(file)).outputPaths();
        } catch (IOException | FormatException _) {
            return List.of();
        }
    }

    /** Whether something is there for every output. */
    static boolean exist(StoreLayout layout, StorePath derivation) {
        return of(layout, derivation).stream()
                .allMatch(output -> Files.exists(layout.physical(output), LinkOption.NOFOLLOW_LINKS));
    }
}
