// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** Offers to fetch channels that were never fetched; nothing goes to a network unless the user says so. */
final class FetchOffer extends VBox {
    private static final Messages TEXTS = Messages.of("packages");

    FetchOffer(FetchOfferViewModel model) {
        super(8);
        setId("fetch-offer");
        getStyleClass().addAll("notice", "fetch-offer");
        visibleProperty().bind(model.visibleProperty());
        managedProperty().bind(visibleProperty());
        Label text = Texts.wrapped("");
        text.textProperty().bind(model.textProperty());
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox line = new HBox(8, Icons.of(Feather.DOWNLOAD_CLOUD, "accent"), text);
        Button fetch = Buttons.primary(TEXTS.text("offer.fetch"), model::fetch);
        fetch.setId("fetch-offer-accept");
        Button later = Buttons.plain(TEXTS.text("offer.later"), model::dismiss);
        later.setId("fetch-offer-later");
        HBox buttons = new HBox(8, fetch, later);
        buttons.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(line, buttons);
    }
}
