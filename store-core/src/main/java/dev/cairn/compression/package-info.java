// SPDX-License-Identifier: Apache-2.0
/** Compresses and decompresses NARs on their way between stores. */
@NullMarked
package dev.cairn.compression;

import org.jspecify.annotations.NullMarked;
