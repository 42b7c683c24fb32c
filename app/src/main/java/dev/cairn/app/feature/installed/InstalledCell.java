// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.installed;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Chip;
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

/** An installed package: name over version and outputs, whether there is something newer, what can be done. */
final class InstalledCell extends ListCell<InstalledViewModel.Row> {
    private static final Messages TEXTS = Messages.of("installed");

    private final Monogram monogram = new Monogram(36);
    private final Label name = Texts.label("", "row-title");
    private final Label version = Texts.label("", "row-detail");
    private final Chip newer = new Chip("", Chip.Tone.ACCENT);
    private final Button upgrade;
    private final Button remove;
    private final HBox row;

    InstalledCell(InstalledViewModel model) {
        upgrade = Buttons.plain(TEXTS.text("upgrade"), () -> model.upgrade(getItem()));
        remove = Buttons.plain(TEXTS.text("remove"), () -> model.remove(getItem()));
        upgrade.getStyleClass().addAll("small", "state-available");
        remove.getStyleClass().addAll("small", "state-installed");
        upgrade.managedProperty().bind(upgrade.visibleProperty());
        newer.managedProperty().bind(newer.visibleProperty());
        VBox text = new VBox(name, version);
        text.setAlignment(Pos.CENTER_LEFT);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        row = new HBox(12, monogram, text, gap, newer, upgrade, remove);
        row.setAlignment(Pos.CENTER_LEFT);
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(InstalledViewModel.@Nullable Row item, boolean empty) {
        super.updateItem(item, empty);
        if (empty || item == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        monogram.show(item.name());
        name.setText(item.name());
        version.setText(item.outputs().isEmpty()
                ? item.version()
                : TEXTS.text("row.outputs", item.version(), item.outputs()));
        newer.setText(item.newer().map(v -> TEXTS.text("row.newer", v)).orElse(""));
        newer.setVisible(item.newer().isPresent());
        upgrade.setVisible(item.newer().isPresent());
        upgrade.setDisable(item.changing());
        remove.setDisable(item.changing());
        remove.setId("remove-" + item.name());
        upgrade.setAccessibleText(TEXTS.text("upgrade.accessible", item.name()));
        remove.setAccessibleText(TEXTS.text("remove.accessible", item.name()));
        setAccessibleText(item.name() + " " + item.version());
        setGraphic(row);
    }
}
