// SPDX-License-Identifier: Apache-2.0
/** The store database: which items are valid and what they refer to, in the format of Guix's daemon. */
@NullMarked
package dev.cairn.database;

import org.jspecify.annotations.NullMarked;
