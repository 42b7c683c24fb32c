// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import dev.cairn.daemon.PathInfo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Items that were read, for a caller who keeps them from being collected and so need not read them again. Safe for use
 * by several threads.
 */
public final class KnownItems {
    private final Map<Long, Item> items = new ConcurrentHashMap<>();

    /** @param references the numbers of the items it refers to; no number is ever used again for another item */
    record Item(PathInfo info, long[] references) {}

    /** Those with their numbers. */
    Map<Long, Item> items() {
        return items;
    }
}
