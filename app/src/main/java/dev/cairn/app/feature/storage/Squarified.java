// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Divides a rectangle into parts whose areas have given proportions, each as near to a square as can be had at once:
 * rows are filled along the shorter side of what is left, for as long as that makes their parts squarer (Bruls, Huizing
 * and van Wijk, Squarified Treemaps, 2000). Pure.
 */
final class Squarified {
    private final double[] sizes;
    private final List<Area> areas = new ArrayList<>();
    private Area left;

    private Squarified(double[] sizes, Area bounds) {
        this.sizes = sizes;
        this.left = bounds;
    }

    /**
     * Divides {@code bounds}.
     *
     * @param weights above 0; in descending order the parts become squarest
     * @return an area for each weight, in their order; together they are {@code bounds}
     */
    static List<Area> divide(double[] weights, Area bounds) {
        double total = 0;
        for (double weight : weights) {
            if (!(weight > 0)) {
                throw new IllegalArgumentException("a part without weight");
            }
            total += weight;
        }
        if (bounds.size() == 0) {
            return Collections.nCopies(weights.length, new Area(bounds.x(), bounds.y(), 0, 0));
        }
        double[] sizes = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            sizes[i] = weights[i] / total * bounds.size();
        }
        Squarified work = new Squarified(sizes, bounds);
        work.fill();
        return List.copyOf(work.areas);
    }

    private void fill() {
        int from = 0;
        while (from < sizes.length) {
            double side = Math.min(left.width(), left.height());
            int to = from + 1;
            double sum = sizes[from];
            // Within a row the largest and the smallest part are the least square.
            double largest = sum;
            double smallest = sum;
            while (to < sizes.length) {
                double next = sizes[to];
                double widest = Math.max(largest, next);
                double narrowest = Math.min(smallest, next);
                if (worst(widest, narrowest, sum + next, side) > worst(largest, smallest, sum, side)) {
                    break;
                }
                largest = widest;
                smallest = narrowest;
                sum += next;
                to++;
            }
            row(from, to, sum);
            from = to;
        }
    }

    /** The worst ratio of sides in a row. */
    private static double worst(double largest, double smallest, double sum, double side) {
        double thickness = sum / side;
        double square = thickness * thickness;
        return Math.max(largest / square, square / smallest);
    }

    private void row(int from, int to, double sum) {
        boolean upright = left.width() >= left.height();
        double along = upright ? left.height() : left.width();
        double across = upright ? left.width() : left.height();
        // The last row takes what is left, so that nothing is lost to rounding.
        double thickness = to == sizes.length ? across : Math.min(across, sum / along);
        double done = 0;
        for (int i = from; i < to; i++) {
            double start = along * (done / sum);
            done += sizes[i];
            double end = i + 1 == to ? along : Math.min(along, along * (done / sum));
            areas.add(
                    upright
                            ? new Area(left.x(), left.y() + start, thickness, end - start)
                            : new Area(left.x() + start, left.y(), end - start, thickness));
        }
        left = upright ? left.inset(thickness, 0, 0, 0) : left.inset(0, thickness, 0, 0);
    }
}
