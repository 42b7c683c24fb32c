// SPDX-License-Identifier: Apache-2.0
/**
 * How the worker protocol is written (daemon, sections 1 to 4 and 17): numbers, texts, lists, store paths, framed data,
 * messages and their codes, in the dialects of Guix and of Nix. Both ends use it, and trust nothing that comes in:
 * every length is bounded, and memory grows only with what has really come.
 */
@NullMarked
package dev.cairn.bridge.wire;

import org.jspecify.annotations.NullMarked;
