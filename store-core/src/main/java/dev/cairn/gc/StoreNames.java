// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import dev.cairn.error.FormatException;
import dev.cairn.layout.StoreLayout;
import dev.cairn.path.StorePath;
import java.util.List;
import java.util.Optional;

/**
 * Tells which item a file name belongs to. Links have the store's logical name; processes outside a namespace that
 * shows the store at its logical place know it by its physical one, and so may links that somebody made by hand.
 */
final class StoreNames {
    private final StoreLayout layout;

    StoreNames(StoreLayout layout) {
        this.layout = layout;
    }

    /** The names of the store directory, without slash at the end. */
    List<String> prefixes() {
        String logical = layout.storeDirectory().path();
        String physical = layout.physicalStore().toString();
        return logical.equals(physical) ? List.of(logical) : List.of(logical, physical);
    }

    /** The item that {@code text}, judged by itself, is or lies in. */
    Optional<StorePath> itemOf(String text) {
        for (String prefix : prefixes()) {
            if (text.startsWith(prefix + "/")) {
                int end = text.indexOf('/', prefix.length() + 1);
                return item(text.substring(prefix.length() + 1, end < 0 ? text.length() : end));
            }
        }
        return Optional.empty();
    }

    /** The item with this base name, if it can be one. */
    Optional<StorePath> item(String baseName) {
        try {
            return Optional.of(layout.storeDirectory().item(baseName));
        } catch (FormatException _) {
            return Optional.empty();
        }
    }
}
