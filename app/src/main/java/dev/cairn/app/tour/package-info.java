// SPDX-License-Identifier: Apache-2.0
/** A walk through the real window that takes a picture of every step. */
@NullMarked
package dev.cairn.app.tour;

import org.jspecify.annotations.NullMarked;
