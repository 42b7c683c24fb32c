// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** Tells about the chosen node, 300 pixels wide. */
final class GraphInspector extends ScrollPane {
    private static final double WIDTH = 300;

    private final Messages texts = Messages.of("graph");
    private final GraphViewModel model;
    private final Consumer<String> openPackage;
    private final VBox content = new VBox(12);

    GraphInspector(GraphViewModel model, Consumer<String> openPackage) {
        this.model = model;
        this.openPackage = openPackage;
        getStyleClass().addAll("inspector", "edge-to-edge");
        content.getStyleClass().add("inspector-content");
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setContent(content);
        model.chosenProperty().subscribe(_ -> show());
        model.pictureProperty().subscribe(_ -> show());
    }

    private void show() {
        Optional<GraphNode> chosen = model.chosenProperty().get();
        Optional<GraphPicture.Placed> placed = chosen.flatMap(
                node -> model.pictureProperty().get().flatMap(picture -> picture.find(node.id())));
        content.getChildren().clear();
        if (placed.isEmpty()) {
            return;
        }
        GraphNode node = placed.get().node();
        content.getChildren().addAll(
                Texts.wrapped(node.title(), "inspector-title"), Texts.wrapped(node.detail(), "muted"));
        content.getChildren().add(Texts.wrapped(
                texts.text("inspector.dependencies", placed.get().dependencies())));
        content.getChildren().add(
                Texts.wrapped(texts.text("inspector.dependents", placed.get().dependents())));
        content.getChildren().add(buttons(node));
    }

    private FlowPane buttons(GraphNode node) {
        FlowPane buttons = new FlowPane(8, 8);
        boolean isFocus =
                model.pictureProperty().get().filter(picture -> picture.focus().equals(node.id())).isPresent();
        if (!isFocus) {
            Button focus = Buttons.primary(texts.text("inspector.focus"), () -> model.focus(node));
            focus.setId("graph-inspector-focus");
            buttons.getChildren().addAll(focus, Buttons.plain(texts.text("inspector.why"), model::explain));
        }
        model.packageName(node).ifPresent(name -> buttons.getChildren()
                .add(Buttons.plain(texts.text("inspector.open"), () -> openPackage.accept(name))));
        return buttons;
    }
}
