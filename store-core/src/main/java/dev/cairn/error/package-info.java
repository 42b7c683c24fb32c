// SPDX-License-Identifier: Apache-2.0
/** What every failure that a user may see has in common. */
@NullMarked
package dev.cairn.error;

import org.jspecify.annotations.NullMarked;
