// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

/**
 * What two generations take with all that they need, in octets; what both need is counted for each.
 *
 * @param before of the one that is compared with
 * @param after of the one that is compared
 */
public record ClosureSizes(long before, long after) {}
