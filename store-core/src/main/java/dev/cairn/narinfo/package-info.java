// SPDX-License-Identifier: Apache-2.0
/**
 * What binary caches say of the items that they have (formats, section 6): narinfos in Guix's dialect and in Nix's,
 * with the signatures of both, and {@code nix-cache-info}.
 */
@NullMarked
package dev.cairn.narinfo;

import org.jspecify.annotations.NullMarked;
