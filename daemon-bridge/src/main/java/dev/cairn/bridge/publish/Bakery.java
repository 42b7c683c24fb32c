// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import dev.cairn.daemon.PathInfo;

/**
 * A cache and who fills it.
 *
 * @param threshold octets; smaller archives are also made while they are sent, as long as the cache lacks them
 */
record Bakery(NarCache cache, Baker baker, long threshold) {
    boolean bypasses(PathInfo item) {
        return item.narSize() < threshold;
    }
}
