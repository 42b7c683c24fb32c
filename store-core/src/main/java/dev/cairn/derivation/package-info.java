// SPDX-License-Identifier: Apache-2.0
/** Derivations: the model, their text form, and the hashes that name their outputs. */
@NullMarked
package dev.cairn.derivation;

import org.jspecify.annotations.NullMarked;
