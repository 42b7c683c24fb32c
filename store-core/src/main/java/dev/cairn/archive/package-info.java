// SPDX-License-Identifier: Apache-2.0
/**
 * Archives of store items as {@code guix archive --export} and {@code nix-store --export} write them (formats, section
 * 5.1). Pure: from and to streams.
 */
@NullMarked
package dev.cairn.archive;

import org.jspecify.annotations.NullMarked;
