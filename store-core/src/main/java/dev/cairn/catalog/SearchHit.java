// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import java.util.List;

/** A row of a search result, the best version of a package first. */
public record SearchHit(PackageKey key, List<String> outputs, String synopsis) {
    public SearchHit {
        outputs = List.copyOf(outputs);
    }
}
