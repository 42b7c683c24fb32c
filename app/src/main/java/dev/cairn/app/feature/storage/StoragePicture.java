// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A map of the store laid out for a rectangle of some size: a frame for each group, its cells inside. Within a frame,
 * areas are proportional to octets. Pure.
 *
 * @param frames in the order of the map's groups
 * @param cells in the order of the map
 */
record StoragePicture(List<Frame> frames, List<Placed> cells) {
    /** Between groups. */
    private static final double GAP = 4;

    static final double HEADING = 20;
    private static final double NARROWEST_HEADING = 80;
    private static final double LOWEST_HEADING = 56;

    static final StoragePicture NOTHING = new StoragePicture(List.of(), List.of());

    StoragePicture {
        frames = List.copyOf(frames);
        cells = List.copyOf(cells);
    }

    /**
     * A group in its place.
     *
     * @param headed whether there is room for a heading at the top
     */
    record Frame(StorageMap.Group group, Area area, boolean headed) {}

    /** A cell in its place. */
    record Placed(StorageMap.Cell cell, Area area) {}

    static StoragePicture of(StorageMap map, double width, double height) {
        if (map.groups().isEmpty() || width <= 0 || height <= 0) {
            return NOTHING;
        }
        double[] weights = map.groups().stream().mapToDouble(StorageMap.Group::bytes).toArray();
        // Gaps are between groups, not around them.
        List<Area> places = Squarified.divide(weights, new Area(0, 0, width + GAP, height + GAP));
        List<Frame> frames = new ArrayList<>();
        List<Placed> cells = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            StorageMap.Group group = map.groups().get(i);
            Area place = places.get(i);
            Area area = place.inset(0, 0, Math.min(GAP, place.width() / 2), Math.min(GAP, place.height() / 2));
            boolean headed = area.width() >= NARROWEST_HEADING && area.height() >= LOWEST_HEADING;
            frames.add(new Frame(group, area, headed));
            double[] sizes = group.cells().stream().mapToDouble(StorageMap.Cell::bytes).toArray();
            List<Area> inside = Squarified.divide(sizes, headed ? area.inset(0, HEADING, 0, 0) : area);
            for (int j = 0; j < inside.size(); j++) {
                cells.add(new Placed(group.cells().get(j), inside.get(j)));
            }
        }
        return new StoragePicture(frames, cells);
    }

    Optional<Placed> at(double x, double y) {
        return cells.stream().filter(placed -> placed.area().contains(x, y)).findFirst();
    }

    /** Where a cell is, if it is drawn. */
    Optional<Placed> find(StorageMap.Cell cell) {
        return cells.stream().filter(placed -> placed.cell().equals(cell)).findFirst();
    }

    /**
     * The nearest cell in a direction.
     *
     * @param right 1 to the right, -1 to the left, else 0
     * @param down 1 down, -1 up, else 0
     */
    Optional<Placed> beside(Placed from, int right, int down) {
        double x = middleX(from.area());
        double y = middleY(from.area());
        return cells.stream()
                .filter(placed -> right * (middleX(placed.area()) - x) + down * (middleY(placed.area()) - y) > 0.5)
                .filter(placed -> right == 0 || overlap(placed.area().y(), placed.area().bottom(), from.area().y(),
                        from.area().bottom()))
                .filter(placed -> down == 0 || overlap(placed.area().x(), placed.area().right(), from.area().x(),
                        from.area().right()))
                .min(Comparator.comparingDouble(
                        placed -> Math.hypot(middleX(placed.area()) - x, middleY(placed.area()) - y)));
    }

    private static double middleX(Area area) {
        return area.x() + area.width() / 2;
    }

    private static double middleY(Area area) {
        return area.y() + area.height() / 2;
    }

    private static boolean overlap(double from, double to, double otherFrom, double otherTo) {
        return Math.min(to, otherTo) - Math.max(from, otherFrom) > 0;
    }
}
