// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.installed;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.EmptyState;
import dev.cairn.app.shell.component.ErrorState;
import dev.cairn.app.shell.component.PageHeader;
import dev.cairn.app.shell.component.Skeleton;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The list of what is installed. */
final class InstalledView extends VBox {
    private static final Messages TEXTS = Messages.of("installed");

    InstalledView(InstalledViewModel model) {
        getStyleClass().add("page");
        ListView<InstalledViewModel.Row> list = new ListView<>();
        list.setId("installed");
        list.setAccessibleText(TEXTS.text("title"));
        list.getStyleClass().add("page-list");
        list.setFixedCellSize(56);
        list.setCellFactory(_ -> new InstalledCell(model));
        list.setPlaceholder(Texts.label(""));
        list.visibleProperty().bind(model.failureProperty().map(Optional::isEmpty));
        model.rowsProperty().subscribe(rows -> list.getItems().setAll(rows));
        list.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                open(model, list);
            }
        });
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                open(model, list);
            } else if (event.getCode() == KeyCode.DELETE) {
                Optional.ofNullable(list.getSelectionModel().getSelectedItem()).ifPresent(model::remove);
            }
        });
        EmptyState empty = new EmptyState(
                Feather.CHECK_SQUARE,
                TEXTS.text("empty.title"),
                TEXTS.text("empty.text"),
                Buttons.primary(TEXTS.text("empty.action"), model::findPackages));
        empty.visibleProperty().bind(model.emptyProperty());
        StackPane body = new StackPane(
                list,
                empty,
                new Skeleton(model.loadingProperty()),
                new ErrorState(model.failureProperty(), model::refresh));
        body.setAlignment(Pos.TOP_LEFT);
        StackPane.setAlignment(empty, Pos.CENTER);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(new PageHeader(TEXTS.text("title"), model.subtitleProperty()), body);
    }

    private static void open(InstalledViewModel model, ListView<InstalledViewModel.Row> list) {
        Optional.ofNullable(list.getSelectionModel().getSelectedItem()).ifPresent(model::open);
    }
}
