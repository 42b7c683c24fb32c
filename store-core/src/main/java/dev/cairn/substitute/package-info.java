// SPDX-License-Identifier: Apache-2.0
/**
 * Substitutes: where items are offered, whether those who offer them are to be believed, and fetching them into the
 * store.
 */
@NullMarked
package dev.cairn.substitute;

import org.jspecify.annotations.NullMarked;
