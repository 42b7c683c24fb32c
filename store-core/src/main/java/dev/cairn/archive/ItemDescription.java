// SPDX-License-Identifier: Apache-2.0
package dev.cairn.archive;

import dev.cairn.path.StorePath;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an archive says about an item beside its contents.
 *
 * @param references in ascending order, the item itself among them if it refers to itself
 * @param deriver the derivation that made it, where that is known
 */
public record ItemDescription(StorePath path, SortedSet<StorePath> references, Optional<StorePath> deriver) {
    public ItemDescription {
        references = Collections.unmodifiableSortedSet(new TreeSet<>(references));
    }
}
