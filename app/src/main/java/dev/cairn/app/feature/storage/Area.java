// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

/** A rectangle of a picture. Sides may be 0. */
record Area(double x, double y, double width, double height) {
    double size() {
        return width * height;
    }

    double right() {
        return x + width;
    }

    double bottom() {
        return y + height;
    }

    boolean contains(double px, double py) {
        return px >= x && px < right() && py >= y && py < bottom();
    }

    /** What is left inside when a margin goes off each side. */
    Area inset(double left, double top, double right, double bottom) {
        return new Area(
                x + Math.min(left, width),
                y + Math.min(top, height),
                Math.max(0, width - left - right),
                Math.max(0, height - top - bottom));
    }
}
