// SPDX-License-Identifier: Apache-2.0
/** Garbage collection: what keeps items alive, which items are dead, and deleting those. */
@NullMarked
package dev.cairn.gc;

import org.jspecify.annotations.NullMarked;
