// SPDX-License-Identifier: Apache-2.0
/** The composition root: what the window and the command line are both made of. */
@NullMarked
package dev.cairn.app;

import org.jspecify.annotations.NullMarked;
