// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import dev.cairn.catalog.SearchHit;

/**
 * A row of the search result.
 *
 * @param marked whether it is among those to be changed together
 */
record PackageRow(SearchHit hit, PackageState state, boolean marked) {
    String name() {
        return hit.key().name();
    }
}
