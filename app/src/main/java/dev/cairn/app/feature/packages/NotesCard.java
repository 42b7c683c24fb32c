// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import dev.cairn.app.profile.PackageFacts;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** What Cairn does not do for an installed package although its own package manager would. */
final class NotesCard extends VBox {
    private static final Messages TEXTS = Messages.of("packages");

    NotesCard(DetailsViewModel model) {
        super(8);
        setId("notes");
        getStyleClass().add("card");
        model.factsProperty().subscribe(this::show);
    }

    private void show(PackageFacts facts) {
        setVisible(!facts.notes().isEmpty());
        setManaged(!facts.notes().isEmpty());
        getChildren().setAll(Texts.heading(TEXTS.text("notes")));
        for (String note : facts.notes()) {
            Label text = Texts.wrapped(note);
            text.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(text, Priority.ALWAYS);
            getChildren().add(new HBox(8, Icons.of(Feather.INFO, "muted"), text));
        }
    }
}
