// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import dev.cairn.catalog.SearchHit;

/** A row of the search result. */
record PackageRow(SearchHit hit, PackageState state) {
    String name() {
        return hit.key().name();
    }
}
