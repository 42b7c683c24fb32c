// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.updates;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Monogram;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** A package that would change: name over what changes, and the button for this one alone where it can be alone. */
final class UpdateCell extends ListCell<UpdatesViewModel.Row> {
    private static final Messages TEXTS = Messages.of("updates");

    private final Monogram monogram = new Monogram(36);
    private final Label name = Texts.label("", "row-title");
    private final Label change = Texts.label("", "row-detail");
    private final Button upgrade;
    private final HBox row;

    UpdateCell(UpdatesViewModel model) {
        upgrade = Buttons.plain(TEXTS.text("upgrade"), () -> model.upgrade(getItem()));
        upgrade.getStyleClass().addAll("small", "state-available");
        VBox text = new VBox(name, change);
        text.setAlignment(Pos.CENTER_LEFT);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        row = new HBox(12, monogram, text, gap, upgrade);
        row.setAlignment(Pos.CENTER_LEFT);
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(UpdatesViewModel.@Nullable Row item, boolean empty) {
        super.updateItem(item, empty);
        if (empty || item == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        monogram.show(item.name());
        name.setText(item.name());
        change.setText(item.change());
        upgrade.setVisible(item.own());
        upgrade.setDisable(item.changing());
        upgrade.setText(TEXTS.text(item.changing() ? "upgrading" : "upgrade"));
        upgrade.setAccessibleText(TEXTS.text("upgrade.accessible", item.name()));
        setAccessibleText(item.name() + ", " + item.change());
        setGraphic(row);
    }
}
