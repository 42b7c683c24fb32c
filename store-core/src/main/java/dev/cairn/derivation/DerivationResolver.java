// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import dev.cairn.path.StorePath;

/**
 * Finds derivations by the names of their {@code .drv} items.
 *
 * @param <X> what finding one may throw
 */
@FunctionalInterface
public interface DerivationResolver<X extends Exception> {
    Derivation resolve(StorePath derivation) throws X;
}
