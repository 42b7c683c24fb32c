// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell.component;

import dev.cairn.app.task.Failure;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** What is shown where something failed: what and why, the next step, the end of the log, Try again and Copy report. */
public final class ErrorState extends VBox {
    private static final Messages TEXTS = Messages.of("common");
    private static final int MAX_LOG_ROWS = 12;

    private final Label message = Texts.wrapped("", "error-message");
    private final Label hint = Texts.wrapped("", "error-hint");
    private final TextArea log = new TextArea();
    private Optional<Failure> shown = Optional.empty();

    /** @param failure shown while there is one */
    public ErrorState(ObservableValue<Optional<Failure>> failure, Runnable retry) {
        getStyleClass().add("error-state");
        Label heading = Texts.label(TEXTS.text("error.title"), "error-title");
        HBox title = new HBox(8, Icons.of(Feather.ALERT_CIRCLE, "danger"), heading);
        title.setAlignment(Pos.CENTER_LEFT);
        log.setEditable(false);
        log.getStyleClass().add("log");
        log.setAccessibleText(TEXTS.text("error.log"));
        Button again = Buttons.primary(TEXTS.text("error.retry"), retry);
        Button copy = Buttons.plain(TEXTS.text("error.copy"), this::copy);
        getChildren().addAll(title, message, hint, log, new HBox(8, again, copy));
        hint.managedProperty().bind(hint.visibleProperty());
        log.managedProperty().bind(log.visibleProperty());
        visibleProperty().bind(failure.map(Optional::isPresent));
        managedProperty().bind(visibleProperty());
        failure.subscribe(this::show);
    }

    private void show(Optional<Failure> failure) {
        shown = failure;
        message.setText(failure.map(Failure::message).orElse(""));
        hint.setText(failure.flatMap(Failure::hint).orElse(""));
        hint.setVisible(!hint.getText().isEmpty());
        String lines = failure.map(f -> String.join("\n", f.lastLines())).orElse("");
        log.setText(lines);
        log.setPrefRowCount(Math.clamp(lines.lines().count(), 1, MAX_LOG_ROWS));
        log.setVisible(!lines.isEmpty());
    }

    private void copy() {
        shown.ifPresent(failure -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(failure.report());
            Clipboard.getSystemClipboard().setContent(content);
        });
    }
}
