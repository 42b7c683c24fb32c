// SPDX-License-Identifier: Apache-2.0
/** The one interface through which everything else reaches a store, and the values it speaks in. */
@NullMarked
package dev.cairn.daemon;

import org.jspecify.annotations.NullMarked;
