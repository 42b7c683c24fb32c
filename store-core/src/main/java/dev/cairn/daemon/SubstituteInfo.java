// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.path.StorePath;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a server of substitutes says of an item that it offers, before anything is fetched. Whoever tells it has found
 * that somebody trusted vouches for it.
 *
 * @param path the item
 * @param deriver the derivation that made it, if the server names one; it need not be valid
 * @param references the items it refers to, itself included where it does; they need not be valid
 * @param downloadSize octets to be downloaded; empty where the server does not say
 * @param narSize octets of its NAR; 0 when not known
 * @param server the URL of the server that would be asked first for it; empty where the daemon does not say
 */
public record SubstituteInfo(
        StorePath path,
        Optional<StorePath> deriver,
        SortedSet<StorePath> references,
        OptionalLong downloadSize,
        long narSize,
        String server) {
    public SubstituteInfo {
        if (narSize < 0 || downloadSize.isPresent() && downloadSize.getAsLong() < 0) {
            throw new IllegalArgumentException("sizes are not negative");
        }
        references = Collections.unmodifiableSortedSet(new TreeSet<>(references));
    }
}
