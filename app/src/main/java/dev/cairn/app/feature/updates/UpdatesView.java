// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.updates;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.EmptyState;
import dev.cairn.app.shell.component.ErrorState;
import dev.cairn.app.shell.component.PageHeader;
import dev.cairn.app.shell.component.Skeleton;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The list of what can be upgraded. */
final class UpdatesView extends VBox {
    private static final Messages TEXTS = Messages.of("updates");

    UpdatesView(UpdatesViewModel model) {
        getStyleClass().add("page");
        ListView<UpdatesViewModel.Row> list = new ListView<>();
        list.setId("updates");
        list.setAccessibleText(TEXTS.text("title"));
        list.getStyleClass().add("page-list");
        list.setFixedCellSize(56);
        list.setCellFactory(_ -> new UpdateCell(model));
        list.setPlaceholder(Texts.label(""));
        list.visibleProperty().bind(model.failureProperty().map(Optional::isEmpty));
        model.rowsProperty().subscribe(rows -> list.getItems().setAll(rows));
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                Optional.ofNullable(list.getSelectionModel().getSelectedItem()).ifPresent(model::open);
            }
        });
        EmptyState upToDate =
                new EmptyState(Feather.CHECK_CIRCLE, TEXTS.text("empty.title"), TEXTS.text("empty.text"));
        upToDate.visibleProperty().bind(model.upToDateProperty());
        StackPane body = new StackPane(
                list,
                upToDate,
                new Skeleton(model.loadingProperty()),
                new ErrorState(model.failureProperty(), model::check));
        body.setAlignment(Pos.TOP_LEFT);
        StackPane.setAlignment(upToDate, Pos.CENTER);
        VBox.setVgrow(body, Priority.ALWAYS);
        Button all = Buttons.primary(TEXTS.text("upgrade.all"), model::upgradeAll);
        all.setId("upgrade-all");
        all.disableProperty().bind(model.rowsProperty().map(List::isEmpty));
        Button check = Buttons.withIcon(Buttons.plain(TEXTS.text("check"), model::check), Feather.REFRESH_CW);
        getChildren().addAll(new PageHeader(TEXTS.text("title"), model.subtitleProperty(), check, all), body);
    }
}
