// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

/**
 * What keeps what, beside references (formats, section 9.4).
 *
 * @param derivations whether a live output keeps the derivation that made it
 * @param outputs whether a live derivation keeps its valid outputs
 */
public record Keeping(boolean derivations, boolean outputs) {}
