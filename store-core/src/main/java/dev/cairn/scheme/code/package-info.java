// SPDX-License-Identifier: Apache-2.0
/** Scheme programs as text: read with the places of their forms, so that others can tell where what is written. */
@NullMarked
package dev.cairn.scheme.code;

import org.jspecify.annotations.NullMarked;
