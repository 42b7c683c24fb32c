// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import java.util.List;

/**
 * What a garbage collection found or did.
 *
 * @param paths full logical names, sorted: valid items, and for dead ones also unregistered entries of the store
 *     directory
 * @param bytes octets freed, or for a dry run octets that would be (octets on disk; files with links elsewhere do not
 *     count); 0 for listings
 */
public record CollectionResult(List<String> paths, long bytes) {
    public CollectionResult {
        paths = List.copyOf(paths);
    }
}
