// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell.component;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The top of a section: its title, one line about it, its actions at the right. */
public final class PageHeader extends HBox {
    public PageHeader(String title, ObservableValue<String> subtitle, Node... actions) {
        getStyleClass().add("page-header");
        setAlignment(Pos.CENTER_LEFT);
        Label line = Texts.label("", "page-subtitle");
        line.textProperty().bind(subtitle);
        line.managedProperty().bind(line.textProperty().isNotEmpty());
        VBox text = new VBox(Texts.label(title, "page-title"), line);
        text.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox buttons = new HBox(8, actions);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        buttons.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(text, buttons);
    }
}
