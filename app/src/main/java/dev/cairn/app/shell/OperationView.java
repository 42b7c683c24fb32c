// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import dev.cairn.app.operation.Activity;
import dev.cairn.app.operation.Operation;
import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.ErrorState;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** An operation in full: its activities beside its log, or why it failed. */
final class OperationView extends VBox {
    private static final Messages TEXTS = Messages.of("shell");

    OperationView(Operation operation) {
        getStyleClass().add("operation");
        ErrorState error = new ErrorState(operation.failureProperty(), operation::retry);
        ScrollPane errorScroll = new ScrollPane(error);
        errorScroll.setFitToWidth(true);
        errorScroll.visibleProperty().bind(operation.stateProperty().map(state -> state == Operation.State.FAILED));
        errorScroll.managedProperty().bind(errorScroll.visibleProperty());
        HBox lists = new HBox(activities(operation), log(operation));
        lists.getStyleClass().add("operation-lists");
        lists.visibleProperty().bind(errorScroll.visibleProperty().not());
        lists.managedProperty().bind(lists.visibleProperty());
        VBox.setVgrow(lists, Priority.ALWAYS);
        VBox.setVgrow(errorScroll, Priority.ALWAYS);
        getChildren().addAll(head(operation), lists, errorScroll);
    }

    private static Region head(Operation operation) {
        Label state = Texts.label("", "row-detail");
        state.textProperty().bind(operation.stateProperty().map(now ->
                now == Operation.State.CANCELLED ? TEXTS.text("activity.cancelled") : OperationCell.text(now)));
        Label transferred = Texts.label("", "row-detail");
        transferred.textProperty().bind(operation.transferredProperty());
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button cancel = Buttons.plain(TEXTS.text("activity.cancel"), operation::cancel);
        cancel.disableProperty().bind(operation.stateProperty().map(now -> now == Operation.State.CANCELLING));
        cancel.visibleProperty().bind(operation.stateProperty().map(now -> !now.ended()));
        cancel.managedProperty().bind(cancel.visibleProperty());
        HBox head = new HBox(8, Texts.label(operation.title(), "operation-title"), state, transferred, gap, cancel);
        head.getStyleClass().add("operation-head");
        head.setAlignment(Pos.CENTER_LEFT);
        return head;
    }

    private static Region activities(Operation operation) {
        ListView<Activity> list = new ListView<>(operation.activities());
        list.setAccessibleText(operation.title());
        list.setCellFactory(_ -> new ActivityCell());
        list.setPlaceholder(Texts.label(""));
        follow(list);
        HBox.setHgrow(list, Priority.ALWAYS);
        return list;
    }

    private static Region log(Operation operation) {
        ListView<String> list = new ListView<>(operation.log());
        list.getStyleClass().add("log");
        list.setAccessibleText(TEXTS.text("activity.log"));
        list.setPlaceholder(Texts.label(TEXTS.text("activity.log.empty"), "placeholder"));
        follow(list);
        HBox.setHgrow(list, Priority.ALWAYS);
        // Downloads say nothing: what is done has all the room then.
        list.visibleProperty().bind(Bindings.isNotEmpty(operation.log()));
        list.managedProperty().bind(list.visibleProperty());
        return list;
    }

    /** Keeps the newest row in sight. */
    private static <T> void follow(ListView<T> list) {
        // Later, as the list itself has yet to hear of the row.
        list.getItems().addListener((ListChangeListener<T>)
                _ -> Platform.runLater(() -> list.scrollTo(list.getItems().size() - 1)));
        list.scrollTo(Math.max(0, list.getItems().size() - 1));
    }
}
