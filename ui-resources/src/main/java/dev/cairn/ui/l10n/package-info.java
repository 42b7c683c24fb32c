// SPDX-License-Identifier: Apache-2.0
/** Texts and quantities as people read them. */
@NullMarked
package dev.cairn.ui.l10n;

import org.jspecify.annotations.NullMarked;
