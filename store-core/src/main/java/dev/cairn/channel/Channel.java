// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel;

import dev.cairn.catalog.CatalogPackage;
import dev.cairn.catalog.CatalogSource;
import dev.cairn.daemon.Daemon;
import dev.cairn.error.CairnException;

/**
 * A source of packages at one revision. The catalog, the transactions and the front ends know channels by this
 * interface alone.
 */
public interface Channel extends CatalogSource {
    /**
     * Adds the derivation of a package, and those it needs, to the store.
     *
     * @param system such as {@code x86_64-linux}
     */
    Resolution resolve(CatalogPackage wanted, String system, Daemon daemon) throws CairnException;
}
