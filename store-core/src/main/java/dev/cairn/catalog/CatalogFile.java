// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.channel.Channel;
import dev.cairn.event.EventSink;
import java.nio.file.Path;
import java.util.List;

/** Opens the catalog, a file that can always be made again from the channels. */
public final class CatalogFile {
    private CatalogFile() {}

    /**
     * Opens the catalog in {@code file}, first bringing it up to date with {@code channels} if any of them changed.
     * Definitions that are wrong are left out and can be asked for with {@code problems}.
     */
    public static Catalog open(Path file, List<? extends Channel> channels, EventSink events) throws CatalogException {
        throw new UnsupportedOperationException();
    }
}
