// SPDX-License-Identifier: Apache-2.0
/** The look of the window: style sheets with the colours and measures that everything on screen uses. */
@NullMarked
package dev.cairn.ui.theme;

import org.jspecify.annotations.NullMarked;
