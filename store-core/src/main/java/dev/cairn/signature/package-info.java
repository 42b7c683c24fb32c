// SPDX-License-Identifier: Apache-2.0
/**
 * Who vouches for items (formats, section 5): s-expressions, keys, signatures in Guix's own scheme and in Nix's, and
 * lists of authorised keys. Pure: files of keys are the business of {@code dev.cairn.trust}.
 */
@NullMarked
package dev.cairn.signature;

import org.jspecify.annotations.NullMarked;
