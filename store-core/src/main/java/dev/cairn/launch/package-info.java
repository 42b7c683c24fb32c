// SPDX-License-Identifier: Apache-2.0
/** Running programs of the store as if it were at its logical place. */
@NullMarked
package dev.cairn.launch;

import org.jspecify.annotations.NullMarked;
