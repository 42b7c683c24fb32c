// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.app.format.ByteSizes;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** An item of the store by its name, with the colour of what keeps it, and its size at the right. */
final class SizedItemCell extends ListCell<StorageSnapshot.SizedItem> {
    private static final Messages TEXTS = Messages.of("storage");

    SizedItemCell() {
        getStyleClass().add("sized-item-cell");
    }

    @Override
    protected void updateItem(StorageSnapshot.@Nullable SizedItem item, boolean empty) {
        super.updateItem(item, empty);
        setText(null);
        if (empty || item == null) {
            setGraphic(null);
            setTooltip(null);
            return;
        }
        Label name = Texts.label(item.path().name());
        name.setMinWidth(0);
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        Label size = Texts.label(ByteSizes.text(item.bytes()), "row-size");
        size.setMinWidth(Region.USE_PREF_SIZE);
        Region square = new Region();
        square.getStyleClass().addAll("legend-square", "storage-" + item.keeper().key());
        HBox row = new HBox(8, square, name, size);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setPrefWidth(0);
        setGraphic(row);
        setTooltip(new Tooltip(item.path().toString()));
        setAccessibleText(
                item.path().name() + ", " + size.getText() + ", " + TEXTS.text("bar." + item.keeper().key()));
    }
}
