// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import dev.cairn.app.operation.Operation;
import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.DoubleProperty;
import javafx.geometry.Pos;
import javafx.scene.Cursor;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Operations of this session at the left, what the chosen one does and writes at the right; its upper edge can be dragged. */
final class ActivityDrawer extends BorderPane {
    private static final Messages TEXTS = Messages.of("shell");

    ActivityDrawer(ActivityViewModel model, DoubleProperty height) {
        getStyleClass().add("activity-drawer");
        prefHeightProperty().bind(height);
        minHeightProperty().bind(height);
        maxHeightProperty().bind(height);
        setTop(handle(height));

        ListView<Operation> list = new ListView<>(model.operations().all());
        list.getStyleClass().add("operations");
        list.setAccessibleText(TEXTS.text("activity.label"));
        list.setCellFactory(_ -> new OperationCell());
        list.setPlaceholder(Texts.label(""));
        list.getSelectionModel().selectedItemProperty().subscribe(chosen -> {
            if (chosen != null) {
                model.selectedProperty().set(Optional.of(chosen));
            }
        });
        Button clear = Buttons.link(TEXTS.text("activity.clear"), model.operations()::clearEnded);
        clear.visibleProperty().bind(Bindings.isNotEmpty(model.operations().all()));
        HBox foot = new HBox(clear);
        foot.getStyleClass().add("operations-foot");
        VBox left = new VBox(list, foot);
        left.getStyleClass().add("operations-side");
        VBox.setVgrow(list, Priority.ALWAYS);
        setLeft(left);

        StackPane right = new StackPane();
        Label nothing = Texts.wrapped(TEXTS.text("activity.empty"), "placeholder");
        model.selectedProperty().subscribe(selected -> {
            selected.ifPresent(operation -> list.getSelectionModel().select(operation));
            right.getChildren().setAll(selected.<Region>map(OperationView::new).orElse(nothing));
        });
        StackPane.setAlignment(nothing, Pos.CENTER);
        setCenter(right);
    }

    private static Region handle(DoubleProperty height) {
        Region handle = new Region();
        handle.getStyleClass().add("drawer-handle");
        handle.setCursor(Cursor.V_RESIZE);
        double[] from = new double[2];
        handle.setOnMousePressed(event -> {
            from[0] = event.getScreenY();
            from[1] = height.get();
        });
        handle.setOnMouseDragged(event -> {
            double most = Math.max(WindowState.MIN_DRAWER, handle.getScene().getHeight() * 0.7);
            height.set(Math.clamp(from[1] + from[0] - event.getScreenY(), WindowState.MIN_DRAWER, most));
        });
        return handle;
    }
}
