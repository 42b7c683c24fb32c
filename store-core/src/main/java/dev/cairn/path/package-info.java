// SPDX-License-Identifier: Apache-2.0
/** Store paths: their syntax, and the fingerprints they are computed from. */
@NullMarked
package dev.cairn.path;

import org.jspecify.annotations.NullMarked;
