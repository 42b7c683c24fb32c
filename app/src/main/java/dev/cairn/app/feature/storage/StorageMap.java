// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The items of a store as cells to be drawn: the largest by themselves, the others of each kind together, sorted by
 * what keeps them. Immutable.
 *
 * @param groups the largest first; none without octets
 */
record StorageMap(List<Group> groups) {
    /** What people can still tell apart, and what is drawn in no time. */
    static final int MOST_CELLS = 400;

    /** An item that takes less than this share of the map is a dot that nobody finds. */
    private static final double SMALLEST_SHARE = 1.0 / 4000;

    StorageMap {
        groups = List.copyOf(groups);
    }

    /**
     * What one kind of keeper keeps.
     *
     * @param cells the largest first, last the one for all other items
     */
    record Group(Keeper keeper, long bytes, List<Cell> cells) {
        Group {
            cells = List.copyOf(cells);
        }
    }

    /**
     * An item, or many small ones.
     *
     * @param item if it is one
     * @param count of the items it stands for
     * @param bytes octets of their NARs together
     */
    record Cell(Keeper keeper, Optional<StorageSnapshot.SizedItem> item, int count, long bytes) {
        static Cell of(StorageSnapshot.SizedItem item) {
            return new Cell(item.keeper(), Optional.of(item), 1, item.bytes());
        }
    }

    /** @param items the largest first */
    static StorageMap of(List<StorageSnapshot.SizedItem> items) {
        long total = items.stream().mapToLong(StorageSnapshot.SizedItem::bytes).sum();
        int most = MOST_CELLS - Keeper.values().length;
        Map<Keeper, List<Cell>> cells = new EnumMap<>(Keeper.class);
        Map<Keeper, Cell> others = new EnumMap<>(Keeper.class);
        int shown = 0;
        for (StorageSnapshot.SizedItem item : items) {
            if (item.bytes() <= 0) {
                // The largest come first, so there is nothing to draw from here on.
                break;
            }
            if (shown < most && item.bytes() >= total * SMALLEST_SHARE) {
                cells.computeIfAbsent(item.keeper(), _ -> new ArrayList<>()).add(Cell.of(item));
                shown++;
            } else {
                others.merge(item.keeper(), Cell.of(item), StorageMap::together);
            }
        }
        others.forEach((keeper, cell) -> cells.computeIfAbsent(keeper, _ -> new ArrayList<>()).add(cell));
        List<Group> groups = new ArrayList<>();
        cells.forEach((keeper, own) ->
                groups.add(new Group(keeper, own.stream().mapToLong(Cell::bytes).sum(), own)));
        groups.sort(Comparator.comparingLong(Group::bytes).reversed());
        return new StorageMap(groups);
    }

    private static Cell together(Cell one, Cell other) {
        return new Cell(one.keeper(), Optional.empty(), one.count() + other.count(), one.bytes() + other.bytes());
    }
}
