// SPDX-License-Identifier: Apache-2.0
/**
 * The formats of Debian's archive: control paragraphs, versions, relations between packages, indices, and the
 * configuration of apt. Octets and texts only.
 */
@NullMarked
package dev.cairn.debian;

import org.jspecify.annotations.NullMarked;
