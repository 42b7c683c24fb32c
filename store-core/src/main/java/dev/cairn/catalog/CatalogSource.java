// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.error.CairnException;
import dev.cairn.event.EventSink;

/** Something whose packages the catalog lists: a channel, as far as the catalog needs to know it. */
public interface CatalogSource {
    /** What the user calls it; unique among the sources of one catalog. */
    String name();

    /** Where several sources have a package, the one with the greatest number is meant. */
    default int priority() {
        return 0;
    }

    /** A short text that changes whenever {@link #read} would give something else. Quick to compute. */
    String fingerprint() throws CairnException;

    /** Everything the source offers now, and what is wrong in it. */
    ChannelContents read(EventSink events) throws CairnException;
}
