// SPDX-License-Identifier: Apache-2.0
/** Cairn's own icon. */
@NullMarked
package dev.cairn.ui.icon;

import org.jspecify.annotations.NullMarked;
