// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.app.format.ByteSizes;
import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Says exactly what a collection will delete, and asks. */
public final class CollectionSheet extends BorderPane {
    public CollectionSheet(StorageViewModel model) {
        Messages texts = Messages.of("storage");
        getStyleClass().add("sheet-content");
        StorageViewModel.CollectionPreview preview = model.previewProperty()
                .get()
                .orElseGet(() -> new StorageViewModel.CollectionPreview(List.of(), List.of(), 0, 0, true));
        String bytes = ByteSizes.text(preview.bytes());
        VBox top = new VBox(8, Texts.wrapped(texts.text("preview.title"), "sheet-title"));
        if (preview.count() == 0) {
            top.getChildren().add(Texts.wrapped(texts.text("preview.nothing")));
        } else {
            String key = preview.exact() ? "preview.summary.exact" : "preview.summary.about";
            top.getChildren().add(Texts.wrapped(texts.text(key, preview.count(), bytes)));
            if (!preview.generations().isEmpty()) {
                String numbers =
                        preview.generations().stream().map(String::valueOf).collect(Collectors.joining(", "));
                top.getChildren().add(Texts.wrapped(texts.text("preview.generations", numbers), "warning-text"));
            }
            top.getChildren().add(Texts.heading(texts.text("preview.items")));
        }
        setTop(top);

        ListView<StorageSnapshot.SizedItem> items = new ListView<>();
        items.setId("preview-items");
        items.getItems().setAll(preview.items());
        items.setCellFactory(_ -> new SizedItemCell());
        items.setVisible(preview.count() > 0);
        BorderPane.setMargin(items, new Insets(8, 0, 12, 0));
        setCenter(items);

        Button cancel = Buttons.plain(texts.text("preview.cancel"), () -> model.previewOpenProperty().set(false));
        cancel.setCancelButton(true);
        Button confirm = Buttons.danger(
                texts.text(preview.exact() ? "preview.confirm" : "preview.confirm.about", preview.count(), bytes),
                model::collect);
        confirm.setId("confirm-collection");
        confirm.setVisible(preview.count() > 0);
        HBox buttons = new HBox(8, cancel, confirm);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        VBox bottom = new VBox(12);
        if (preview.count() > 0) {
            bottom.getChildren().add(Texts.wrapped(texts.text("preview.warning"), "muted"));
        }
        bottom.getChildren().add(buttons);
        VBox.setVgrow(bottom, Priority.NEVER);
        setBottom(bottom);
    }
}
