// SPDX-License-Identifier: Apache-2.0
/**
 * Archives of file trees in the one form whose hash names and verifies store items (formats, section 2). Bytes only:
 * what becomes of them in a file system is decided elsewhere.
 */
@NullMarked
package dev.cairn.nar;

import org.jspecify.annotations.NullMarked;
