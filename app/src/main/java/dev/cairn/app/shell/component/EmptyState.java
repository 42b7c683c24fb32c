// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell.component;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;

/** What is shown where there is nothing: why, and what to do. */
public final class EmptyState extends VBox {
    private final Label title = Texts.wrapped("", "empty-title");
    private final Label text = Texts.wrapped("", "empty-text");
    private final FlowPane actions = new FlowPane(8, 8);

    public EmptyState(Ikon icon, String title, String text, Node... actions) {
        getStyleClass().add("empty-state");
        setAlignment(Pos.CENTER);
        this.title.setText(title);
        this.text.setText(text);
        this.actions.setAlignment(Pos.CENTER);
        this.actions.managedProperty().bind(this.actions.visibleProperty());
        setActions(actions);
        getChildren().addAll(Icons.of(icon, "empty-icon"), this.title, this.text, this.actions);
    }

    public Label titleLabel() {
        return title;
    }

    public Label textLabel() {
        return text;
    }

    public void setActions(Node... nodes) {
        actions.getChildren().setAll(nodes);
        actions.setVisible(nodes.length > 0);
    }
}
