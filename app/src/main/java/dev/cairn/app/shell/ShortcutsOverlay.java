// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** All keys on one card. */
final class ShortcutsOverlay extends StackPane {
    private static final Messages TEXTS = Messages.of("shell");
    private static final String[][] KEYS = {
        {"Ctrl+K", "/", "shortcut.search"},
        {"Ctrl+1 \u2026 9", "", "shortcut.sections"},
        {"\u2191 \u2193", "", "shortcut.list"},
        {"Enter", "", "shortcut.open"},
        {"Space", "", "shortcut.mark"},
        {"Ctrl+Enter", "", "shortcut.install"},
        {"F2", "", "shortcut.rename"},
        {"P", "", "shortcut.pin"},
        {"Del", "", "shortcut.delete"},
        {"Ctrl+Z", "", "shortcut.undo"},
        {"Ctrl+J", "", "shortcut.activity"},
        {"Ctrl+Shift+C", "", "shortcut.copy"},
        {"F5", "", "shortcut.refresh"},
        {"Esc", "", "shortcut.close"},
        {"?", "", "shortcut.help"},
    };

    ShortcutsOverlay(BooleanProperty open) {
        Region scrim = new Region();
        scrim.getStyleClass().add("scrim");
        scrim.setOnMouseClicked(_ -> open.set(false));
        GridPane grid = new GridPane(24, 8);
        for (int row = 0; row < KEYS.length; row++) {
            HBox keys = new HBox(4, Texts.label(KEYS[row][0], "key"));
            if (!KEYS[row][1].isEmpty()) {
                keys.getChildren().add(Texts.label(KEYS[row][1], "key"));
            }
            grid.addRow(row, keys, Texts.label(TEXTS.text(KEYS[row][2])));
        }
        VBox card = new VBox(
                16,
                Texts.label(TEXTS.text("shortcuts.title"), "page-title"),
                grid,
                Texts.label(TEXTS.text("shortcuts.close"), "row-detail"));
        card.getStyleClass().add("overlay-card");
        card.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        setAlignment(Pos.CENTER);
        getChildren().addAll(scrim, card);
        visibleProperty().bind(open);
        managedProperty().bind(open);
    }
}
