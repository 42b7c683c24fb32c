// SPDX-License-Identifier: Apache-2.0
/** All channels' packages in one searchable file. */
@NullMarked
package dev.cairn.catalog;

import org.jspecify.annotations.NullMarked;
