// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.app.task.Failure;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** Over all sections while the daemon cannot be reached: why, what to do, and the way to try again. */
public final class ConnectionBanner extends HBox {
    private static final Messages TEXTS = Messages.of("shell");

    public ConnectionBanner(ConnectionModel model) {
        super(12);
        setId("connection");
        getStyleClass().add("connection-banner");
        setAlignment(Pos.CENTER_LEFT);
        Label message = Texts.wrapped("", "error-message");
        Label hint = Texts.wrapped("", "row-detail");
        model.problemProperty().subscribe(problem -> {
            message.setText(problem.map(Failure::message).orElse(""));
            hint.setText(problem.flatMap(Failure::hint).orElse(""));
        });
        VBox texts = new VBox(2, message, hint);
        HBox.setHgrow(texts, Priority.ALWAYS);
        Button again = Buttons.primary(TEXTS.text("connection.again"), model::check);
        again.setId("reconnect");
        again.disableProperty().bind(model.busyProperty());
        getChildren().addAll(Icons.of(Feather.ALERT_CIRCLE, "danger"), texts, again);
        visibleProperty().bind(model.problemProperty().map(Optional::isPresent));
        managedProperty().bind(visibleProperty());
    }
}
