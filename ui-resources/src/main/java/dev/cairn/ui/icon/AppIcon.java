// SPDX-License-Identifier: Apache-2.0
package dev.cairn.ui.icon;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** The application's icon: a small cairn of three stones, drawn in {@code cairn.svg}, as PNG in several sizes. */
public final class AppIcon {
    /** Widths and heights in pixels that there are. */
    public static final List<Integer> SIZES = List.of(32, 64, 128, 256);

    private AppIcon() {}

    /** The PNG of one of {@link #SIZES}; the caller closes it. */
    public static InputStream png(int size) {
        String name = "cairn-" + size + ".png";
        return Objects.requireNonNull(AppIcon.class.getResourceAsStream(name), () -> name + " is missing");
    }
}
