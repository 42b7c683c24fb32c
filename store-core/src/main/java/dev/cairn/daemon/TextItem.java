// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.path.StorePath;
import java.util.Collection;
import java.util.List;

/**
 * A text that is to become an item.
 *
 * @param contents not copied: nobody changes it any more
 * @param references valid items that the text is said to refer to
 */
public record TextItem(String name, byte[] contents, Collection<StorePath> references) {
    public TextItem {
        references = List.copyOf(references);
    }
}
