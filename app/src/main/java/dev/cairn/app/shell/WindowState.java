// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

/**
 * How the user left the window.
 *
 * @param width in pixels, at least {@value #MIN_WIDTH}
 * @param height in pixels, at least {@value #MIN_HEIGHT}
 * @param drawerHeight in pixels, at least {@value #MIN_DRAWER}
 */
public record WindowState(
        double width,
        double height,
        boolean maximized,
        Theme theme,
        SectionId section,
        boolean drawer,
        double drawerHeight) {
    public static final double MIN_WIDTH = 900;
    public static final double MIN_HEIGHT = 600;
    public static final double MIN_DRAWER = 160;
    private static final double MAX = 20_000;

    /** A window that was never opened. */
    public static final WindowState INITIAL =
            new WindowState(1180, 760, false, Theme.SYSTEM, SectionId.PACKAGES, false, 280);

    public WindowState {
        width = Math.clamp(width, MIN_WIDTH, MAX);
        height = Math.clamp(height, MIN_HEIGHT, MAX);
        drawerHeight = Math.clamp(drawerHeight, MIN_DRAWER, MAX);
    }
}
