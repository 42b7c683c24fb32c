// SPDX-License-Identifier: Apache-2.0
/** Realising derivations: scheduling, running builders, checking and registering what they made. */
@NullMarked
package dev.cairn.build;

import org.jspecify.annotations.NullMarked;
