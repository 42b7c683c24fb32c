// SPDX-License-Identifier: Apache-2.0
/** Pieces that every section is made of. */
@NullMarked
package dev.cairn.app.shell.component;

import org.jspecify.annotations.NullMarked;
