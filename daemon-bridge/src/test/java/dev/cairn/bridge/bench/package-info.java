// SPDX-License-Identifier: Apache-2.0
/** Cairn's daemon and Nix's side by side; see docs/benchmarks.md. */
@NullMarked
package dev.cairn.bridge.bench;

import org.jspecify.annotations.NullMarked;
