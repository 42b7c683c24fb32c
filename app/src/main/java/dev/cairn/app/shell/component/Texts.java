// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell.component;

import javafx.scene.control.Label;

/** Labels in the styles of the window. */
public final class Texts {
    private Texts() {}

    public static Label label(String text, String... styleClasses) {
        Label label = new Label(text);
        label.getStyleClass().addAll(styleClasses);
        return label;
    }

    /** A label that takes as many lines as it needs and is never cut off. */
    public static Label wrapped(String text, String... styleClasses) {
        Label label = label(text, styleClasses);
        label.setWrapText(true);
        label.setMinHeight(Label.USE_PREF_SIZE);
        return label;
    }

    /** A heading over a part of a page. */
    public static Label heading(String text) {
        return label(text, "section-heading");
    }
}
