// SPDX-License-Identifier: Apache-2.0
/** Package definitions and the way from a definition to a derivation. */
@NullMarked
package dev.cairn.packages;

import org.jspecify.annotations.NullMarked;
