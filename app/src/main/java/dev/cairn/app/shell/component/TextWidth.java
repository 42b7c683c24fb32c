// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell.component;

import javafx.scene.text.Font;
import javafx.scene.text.Text;

/** How wide texts come out on a canvas. */
public final class TextWidth {
    private TextWidth() {}

    /** In pixels, on one line. */
    public static double of(String text, Font font) {
        Text measure = new Text(text);
        measure.setFont(font);
        return measure.getLayoutBounds().getWidth();
    }
}
