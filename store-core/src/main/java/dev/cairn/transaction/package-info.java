// SPDX-License-Identifier: Apache-2.0
/** Changes of a profile: planned without effect, then applied whole or not at all. */
@NullMarked
package dev.cairn.transaction;

import org.jspecify.annotations.NullMarked;
