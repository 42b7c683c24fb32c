// SPDX-License-Identifier: Apache-2.0
/** Cairn as people start it: through the launcher at the top of the source tree. */
@NullMarked
package dev.cairn.packaging;

import org.jspecify.annotations.NullMarked;
