// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.EmptyState;
import dev.cairn.app.shell.component.ErrorState;
import dev.cairn.app.shell.component.SegmentedChoice;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** Picture or outline of the graph, the controls above it, the inspector at its right. */
final class GraphView extends BorderPane {
    private final Messages texts = Messages.of("graph");
    private final GraphViewModel model;
    private final GraphCanvas canvas;
    private final ToggleButton outlineButton;
    private final TextField search = new TextField();

    /** @param openPackage shows a package's page */
    GraphView(GraphViewModel model, Consumer<String> openPackage) {
        this.model = model;
        getStyleClass().addAll("page", "graph");
        canvas = new GraphCanvas(model);
        OutlineTree outline = new OutlineTree(model);
        outlineButton = new ToggleButton(texts.text("outline"));
        outlineButton.setId("graph-outline");
        outlineButton.setMinWidth(Region.USE_PREF_SIZE);
        outline.visibleProperty().bind(outlineButton.selectedProperty());
        canvas.visibleProperty().bind(outlineButton.selectedProperty().not());

        EmptyState empty = new EmptyState(Feather.SHARE_2, texts.text("empty.title"), texts.text("empty.text"));
        empty.visibleProperty().bind(Bindings.createBooleanBinding(
                () -> !model.focusedProperty().get()
                        && model.failureProperty().get().isEmpty()
                        && !model.absentProperty().get(),
                model.focusedProperty(),
                model.failureProperty(),
                model.absentProperty()));
        EmptyState absent = new EmptyState(
                Feather.PACKAGE, texts.text("notInstalled.title"), texts.text("notInstalled.text"));
        absent.visibleProperty().bind(model.absentProperty());
        ErrorState error = new ErrorState(model.failureProperty(), model::refresh);
        StackPane picture = new StackPane(canvas, outline, empty, absent, error);
        for (Region state : new Region[] {empty, absent, error}) {
            state.getStyleClass().add("graph-cover");
        }
        picture.setMinSize(0, 0);

        setTop(new VBox(toolBar(), new WhyBar(model)));
        setCenter(picture);
        setRight(new GraphInspector(model, openPackage));
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    /** Puts the keyboard into the field that chooses the focus. */
    void search() {
        search.requestFocus();
        search.selectAll();
    }

    private HBox toolBar() {
        Button back = Buttons.icon(Feather.ARROW_LEFT, texts.text("back"), model::goBack);
        back.setId("graph-back");
        back.disableProperty().bind(model.canGoBackProperty().not());
        Button forward = Buttons.icon(Feather.ARROW_RIGHT, texts.text("forward"), model::goForward);
        forward.disableProperty().bind(model.canGoForwardProperty().not());
        search.setId("graph-focus");
        search.setPromptText(texts.text("focus.prompt"));
        search.setAccessibleText(texts.text("focus.prompt"));
        search.setPrefColumnCount(14);
        new FocusOffers(search, model).install();

        Button less = Buttons.icon(Feather.MINUS, "−", model::shallower);
        Button more = Buttons.icon(Feather.PLUS, "+", model::deeper);
        less.disableProperty().bind(model.depthProperty().lessThanOrEqualTo(1));
        more.disableProperty().bind(model.depthProperty().greaterThanOrEqualTo(GraphViewModel.MAX_DEPTH));
        Label depth = Texts.label("", "graph-depth");
        depth.setMinWidth(Region.USE_PREF_SIZE);
        depth.textProperty().bind(model.depthProperty().map(n -> texts.text("depth") + " " + n));
        HBox depths = new HBox(4, less, depth, more);
        depths.setAlignment(Pos.CENTER);

        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button fit = Buttons.icon(Feather.MAXIMIZE, texts.text("fit"), canvas::fit);
        HBox bar = new HBox(8, back, forward, search, modes(), space, depths, fit, outlineButton);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("graph-toolbar");
        return bar;
    }

    private SegmentedChoice<GraphViewModel.Mode> modes() {
        SegmentedChoice<GraphViewModel.Mode> choice = new SegmentedChoice<>(model.modeProperty());
        mode(choice, GraphViewModel.Mode.PACKAGES, "packages");
        mode(choice, GraphViewModel.Mode.PACKAGES_AND_BUILD, "build");
        mode(choice, GraphViewModel.Mode.STORE_ITEMS, "items");
        return choice;
    }

    private void mode(SegmentedChoice<GraphViewModel.Mode> choice, GraphViewModel.Mode mode, String key) {
        choice.option(mode, "graph-mode-" + key, texts.text("mode." + key), texts.text("mode." + key + ".help"));
    }

    private void key(KeyEvent event) {
        if (event.getTarget() instanceof TextField) {
            return;
        }
        KeyCode code = event.getCode();
        boolean alone = !event.isControlDown() && !event.isAltDown() && !event.isMetaDown();
        if (event.isAltDown() && code == KeyCode.LEFT) {
            model.goBack();
        } else if (event.isAltDown() && code == KeyCode.RIGHT) {
            model.goForward();
        } else if (alone && code == KeyCode.F) {
            canvas.fit();
        } else if (alone && code == KeyCode.W) {
            model.explain();
        } else if (alone && (code == KeyCode.PLUS || code == KeyCode.ADD || event.getText().equals("+"))) {
            model.deeper();
        } else if (alone && (code == KeyCode.MINUS || code == KeyCode.SUBTRACT)) {
            model.shallower();
        } else if (code == KeyCode.F6) {
            outlineButton.setSelected(!outlineButton.isSelected());
        } else if (alone && code == KeyCode.ENTER && event.getTarget() == canvas) {
            chosen().ifPresent(model::focus);
        } else {
            return;
        }
        event.consume();
    }

    private Optional<GraphNode> chosen() {
        return model.chosenProperty().get();
    }
}
