// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.sources;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;

/** Over all sections while a channel is looked into as it was: which, when, and the way back. */
public final class PastBanner extends HBox {
    private static final Messages TEXTS = Messages.of("sources");

    public PastBanner(SourcesViewModel model) {
        super(12);
        setId("past");
        getStyleClass().add("past-banner");
        setAlignment(Pos.CENTER_LEFT);
        Label text = Texts.wrapped("");
        text.textProperty().bind(model.pastProperty().map(past -> past.orElse("")));
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setMaxWidth(Double.MAX_VALUE);
        Button end = Buttons.primary(TEXTS.text("past.end"), model::lookAtPresent);
        end.setId("past-end");
        end.disableProperty().bind(model.busyProperty());
        getChildren().addAll(Icons.of(Feather.CLOCK, "accent"), text, end);
        visibleProperty().bind(model.pastProperty().map(Optional::isPresent));
        managedProperty().bind(visibleProperty());
    }
}
