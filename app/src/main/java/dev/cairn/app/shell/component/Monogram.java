// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell.component;

import java.util.Locale;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;

/** The picture of a package: its first letter on a tint that its name determines. */
public final class Monogram extends Label {
    private static final int TINTS = 8;

    /** @param size width and height in pixels */
    public Monogram(double size) {
        getStyleClass().add("monogram");
        setMinSize(size, size);
        setPrefSize(size, size);
        setMaxSize(size, size);
        setAccessibleRole(AccessibleRole.NODE);
        setFocusTraversable(false);
    }

    public void show(String name) {
        getStyleClass().removeIf(style -> style.startsWith("tint-"));
        getStyleClass().add("tint-" + Math.floorMod(name.hashCode() * 31 + name.length(), TINTS));
        setText(name.isEmpty() ? "" : name.substring(0, 1).toUpperCase(Locale.ROOT));
    }
}
