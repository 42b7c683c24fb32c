// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import dev.cairn.app.operation.Operation;
import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.DoubleBinding;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
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

/**
 * Operations of this session at the left, what the chosen one does and writes at the right; its upper edge can be
 * dragged.
 */
final class ActivityDrawer extends BorderPane {
    private static final Messages TEXTS = Messages.of("shell");

    /** What the rail and the bar below need of the window's height. */
    private static final double REST = 376;

    /** @param window the window's height */
    ActivityDrawer(ActivityViewModel model, DoubleProperty height, ReadOnlyDoubleProperty window) {
        getStyleClass().add("activity-drawer");
        DoubleBinding fitting = Bindings.createDoubleBinding(
                () -> Math.clamp(height.get(), WindowState.MIN_DRAWER, most(window.get())), height, window);
        prefHeightProperty().bind(fitting);
        minHeightProperty().bind(fitting);
        maxHeightProperty().bind(fitting);
        setTop(handle(height, window));

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
            // After the list has heard of an operation that was added this moment.
            selected.ifPresent(operation -> Platform.runLater(() -> list.getSelectionModel().select(operation)));
            right.getChildren().setAll(selected.<Region>map(OperationView::new).orElse(nothing));
        });
        StackPane.setAlignment(nothing, Pos.CENTER);
        setCenter(right);
    }

    private static double most(double window) {
        return Math.max(WindowState.MIN_DRAWER, window - REST);
    }

    private static Region handle(DoubleProperty height, ReadOnlyDoubleProperty window) {
        Region handle = new Region();
        handle.getStyleClass().add("drawer-handle");
        handle.setCursor(Cursor.V_RESIZE);
        double[] from = new double[2];
        handle.setOnMousePressed(event -> {
            from[0] = event.getScreenY();
            from[1] = height.get();
        });
        handle.setOnMouseDragged(event -> {
            double wanted = from[1] + from[0] - event.getScreenY();
            height.set(Math.clamp(wanted, WindowState.MIN_DRAWER, most(window.get())));
        });
        return handle;
    }
}
