// SPDX-License-Identifier: Apache-2.0
/** Octets as text, and text for shells. */
@NullMarked
package dev.cairn.encoding;

import org.jspecify.annotations.NullMarked;
