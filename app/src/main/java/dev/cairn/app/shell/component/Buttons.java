// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell.component;

import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.Ikon;

/** Buttons in the few forms that the window has. */
public final class Buttons {
    private Buttons() {}

    /** The one action that a page is about. */
    public static Button primary(String text, Runnable action) {
        return button(text, action, "accent");
    }

    public static Button plain(String text, Runnable action) {
        return button(text, action);
    }

    /** An action that takes something away. */
    public static Button danger(String text, Runnable action) {
        return button(text, action, "danger");
    }

    /** A button that looks like a link. */
    public static Button link(String text, Runnable action) {
        return button(text, action, "flat", "link");
    }

    /** A button with an icon alone; {@code text} is its tooltip and what screen readers say. */
    public static Button icon(Ikon ikon, String text, Runnable action) {
        Button button = button("", action, "flat", "icon-button");
        button.setGraphic(Icons.of(ikon));
        button.setTooltip(new Tooltip(text));
        button.setAccessibleText(text);
        return button;
    }

    /** Adds an icon before a button's text. */
    public static Button withIcon(Button button, Ikon ikon) {
        button.setGraphic(Icons.of(ikon));
        return button;
    }

    private static Button button(String text, Runnable action, String... styleClasses) {
        Button button = new Button(text);
        button.getStyleClass().addAll(styleClasses);
        button.setMnemonicParsing(false);
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.setOnAction(_ -> action.run());
        return button;
    }
}
