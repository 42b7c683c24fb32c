// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.sources;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.ErrorState;
import dev.cairn.app.shell.component.PageHeader;
import dev.cairn.app.shell.component.Skeleton;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** One card a channel, under what can be done with all of them. */
final class SourcesView extends VBox {
    private static final Messages TEXTS = Messages.of("sources");

    SourcesView(SourcesViewModel model) {
        getStyleClass().add("page");
        VBox cards = new VBox(16);
        cards.setId("sources");
        cards.getStyleClass().addAll("page-body", "sources");
        model.cardsProperty()
                .subscribe(found -> cards.getChildren().setAll(
                        found.stream().map(card -> new SourceCard(model, card)).toList()));
        ScrollPane scroll = new ScrollPane(cards);
        scroll.getStyleClass().add("plain");
        scroll.setFitToWidth(true);
        scroll.visibleProperty().bind(model.failureProperty().map(Optional::isEmpty));
        StackPane body = new StackPane(
                scroll,
                new Skeleton(model.loadingProperty()),
                new ErrorState(model.failureProperty(), model::reload));
        body.setAlignment(Pos.TOP_LEFT);
        VBox.setVgrow(body, Priority.ALWAYS);
        Button add = Buttons.withIcon(
                Buttons.plain(TEXTS.text("add"), () -> model.addingProperty().set(true)), Feather.PLUS);
        add.setId("add-source");
        Button refresh = Buttons.withIcon(Buttons.primary(TEXTS.text("refresh.all"), model::fetchAll),
                Feather.REFRESH_CW);
        refresh.setId("refresh-all");
        refresh.disableProperty().bind(model.busyProperty());
        getChildren().addAll(new PageHeader(TEXTS.text("title"), model.subtitleProperty(), add, refresh), body);
    }
}
