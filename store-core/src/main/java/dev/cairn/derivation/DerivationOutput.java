// SPDX-License-Identifier: Apache-2.0
package dev.cairn.derivation;

import dev.cairn.path.StorePath;
import java.util.Optional;

/**
 * One output of a derivation, as the derivation states it.
 *
 * @param path where the output will be; empty only in a derivation that is still being made
 * @param hashAlgorithm empty, or {@code [r:]ALGORITHM}, verbatim
 * @param hash empty, or lower-case hexadecimal, verbatim
 */
public record DerivationOutput(Optional<StorePath> path, String hashAlgorithm, String hash) {}
