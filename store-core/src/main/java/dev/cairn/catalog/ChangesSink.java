// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.error.CairnException;

/**
 * Takes what a source offers otherwise than it did before, one by one: each package once at most. For one thread at a
 * time.
 */
public interface ChangesSink {
    /** Takes a package that is new, or not as it was; with the source's name in its key. */
    void add(CatalogPackage row) throws CairnException;

    /** Takes the key of a package that is gone. */
    void remove(PackageKey key) throws CairnException;
}
