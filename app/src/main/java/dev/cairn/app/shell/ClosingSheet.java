// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import dev.cairn.app.operation.Operation;
import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Asks whether to close the window although something runs. */
final class ClosingSheet extends BorderPane {
    private static final Messages TEXTS = Messages.of("shell");

    ClosingSheet(ShellViewModel model) {
        setId("closing");
        getStyleClass().add("sheet-content");
        String title = model.operations().currentProperty().get().map(Operation::title).orElse("");
        setTop(new VBox(
                8,
                Texts.wrapped(TEXTS.text("closing.title", title), "sheet-title"),
                Texts.wrapped(TEXTS.text("closing.text"))));
        Button stay = Buttons.primary(
                TEXTS.text("closing.stay"), () -> model.closingProperty().set(false));
        stay.setId("closing-stay");
        stay.setDefaultButton(true);
        Button close = Buttons.danger(TEXTS.text("closing.close"), model::closeAnyway);
        close.setId("closing-close");
        HBox buttons = new HBox(8, close, stay);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        setBottom(buttons);
    }
}
