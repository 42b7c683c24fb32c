// SPDX-License-Identifier: Apache-2.0
/** Finding out what built files refer to. */
@NullMarked
package dev.cairn.scan;

import org.jspecify.annotations.NullMarked;
