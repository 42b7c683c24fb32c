// SPDX-License-Identifier: Apache-2.0
/** What the store does to files: atomic replacement, locks, canonical metadata, trees, deduplication. */
@NullMarked
package dev.cairn.fs;

import org.jspecify.annotations.NullMarked;
