// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.error.CairnException;
import dev.cairn.packages.DefinitionProblem;

/** Takes what a source offers, one by one, so that nobody need hold all of it. For one thread at a time. */
public interface ContentsSink {
    /** Takes a package, with the source's name in its key; of several with one key the first counts. */
    void add(CatalogPackage row) throws CairnException;

    /** Takes something that is wrong in the source and therefore not among the packages. */
    void problem(DefinitionProblem problem) throws CairnException;
}
