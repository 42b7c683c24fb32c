// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.sources;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Asks for the name of a channel and where it is. */
public final class AddSourceSheet extends BorderPane {
    private static final Messages TEXTS = Messages.of("sources");
    private static final int ROWS = 4;

    public AddSourceSheet(AddSourceViewModel model) {
        getStyleClass().add("sheet-content");
        TextField name = new TextField();
        name.setId("add-name");
        name.setPromptText(TEXTS.text("add.name.prompt"));
        name.textProperty().bindBidirectional(model.nameProperty());
        TextArea source = new TextArea();
        source.setId("add-where");
        source.setPromptText(TEXTS.text("add.where.prompt"));
        source.setPrefRowCount(ROWS);
        source.setWrapText(true);
        source.textProperty().bindBidirectional(model.sourceProperty());
        Label problem = Texts.wrapped("", "error-message");
        problem.setId("add-problem");
        problem.textProperty().bind(model.problemProperty());
        problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
        setCenter(new VBox(
                8,
                Texts.wrapped(TEXTS.text("add.title"), "sheet-title"),
                Texts.wrapped(TEXTS.text("add.about"), "row-detail"),
                labelled("add.name", name),
                name,
                labelled("add.where", source),
                source,
                Texts.wrapped(TEXTS.text("add.where.about"), "row-detail"),
                problem));
        Button cancel = Buttons.plain(TEXTS.text("add.cancel"), model::cancel);
        cancel.setCancelButton(true);
        Button confirm = Buttons.primary(TEXTS.text("add.confirm"), model::add);
        confirm.setId("add-confirm");
        confirm.disableProperty().bind(model.completeProperty().not());
        HBox buttons = new HBox(8, cancel, confirm);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        setBottom(buttons);
    }

    private static Label labelled(String key, Node field) {
        Label label = Texts.heading(TEXTS.text(key));
        label.setLabelFor(field);
        return label;
    }
}
