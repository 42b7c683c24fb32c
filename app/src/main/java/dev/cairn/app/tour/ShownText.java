// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.tour;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;

/** The words that a part of the window shows. */
final class ShownText {
    private ShownText() {}

    /** All visible texts in and below a node, one a line. */
    static String of(Node node) {
        StringBuilder text = new StringBuilder();
        collect(node, text);
        return text.toString();
    }

    private static void collect(Node node, StringBuilder text) {
        if (!node.isVisible()) {
            return;
        }
        switch (node) {
            case Labeled labeled when labeled.getText() != null -> text.append(labeled.getText()).append('\n');
            case TextInputControl input -> text.append(input.getText()).append('\n');
            default -> {}
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, text));
        }
    }
}
