// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** Where no server offers a package that others build: why, and what can be done instead. */
final class OfferCard extends VBox {
    private static final Messages TEXTS = Messages.of("packages");

    private final DetailsViewModel model;

    OfferCard(DetailsViewModel model) {
        super(12);
        this.model = model;
        setId("offer");
        getStyleClass().addAll("notice", "notice-warning");
        model.offerProperty().subscribe(this::show);
    }

    private void show(Optional<DetailsViewModel.Offer> offer) {
        setVisible(offer.isPresent());
        setManaged(offer.isPresent());
        getChildren().clear();
        offer.ifPresent(found -> {
            Label why = Texts.wrapped(found.why());
            why.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(why, Priority.ALWAYS);
            Button servers = Buttons.plain(TEXTS.text("offer.servers"), model::showServers);
            servers.setId("offer-servers");
            FlowPane actions = new FlowPane(8, 8, servers);
            actions.setAlignment(Pos.CENTER_LEFT);
            if (found.build()) {
                Button build = Buttons.plain(TEXTS.text("offer.build.action"), model::install);
                build.setId("offer-build");
                actions.getChildren().addFirst(build);
            }
            getChildren().addAll(new HBox(12, Icons.of(Feather.TOOL, "warning"), why), actions);
        });
    }
}
