// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.trust;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.io.File;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import org.kordamp.ikonli.feather.Feather;

/** Takes the text of a key, shows whose it is, says what believing it means, and asks. */
public final class AddKeySheet extends BorderPane {
    private static final Messages TEXTS = Messages.of("trust");
    private static final int ROWS = 7;

    private final AddKeyViewModel model;

    public AddKeySheet(AddKeyViewModel model) {
        this.model = model;
        getStyleClass().add("sheet-content");
        setId("add-key");
        Optional<String> server = model.server();
        VBox body = new VBox(12);
        body.getChildren().add(Texts.wrapped(
                server.map(url -> TEXTS.text("add.server.title", TrustViewModel.host(url)))
                        .orElse(TEXTS.text("add.title")),
                "sheet-title"));
        body.getChildren().add(Texts.wrapped(
                server.map(url -> TEXTS.text("add.server.about", url)).orElse(TEXTS.text("add.about")),
                "row-detail"));
        body.getChildren().addAll(text(server.isPresent()), problem(), found(), name(), warning(server));
        setCenter(body);
        setBottom(buttons());
    }

    private Node text(boolean fixed) {
        TextArea text = new TextArea();
        text.setId("add-key-text");
        text.getStyleClass().add("mono");
        text.setPromptText(TEXTS.text("add.prompt"));
        text.setAccessibleText(TEXTS.text("add.text"));
        text.setPrefRowCount(ROWS);
        text.setWrapText(true);
        text.setEditable(!fixed);
        text.textProperty().bindBidirectional(model.textProperty());
        Button file = Buttons.withIcon(Buttons.plain(TEXTS.text("add.file"), this::choose), Feather.FILE);
        file.setId("add-key-file");
        file.setVisible(!fixed);
        file.setManaged(!fixed);
        return new VBox(8, text, file);
    }

    private void choose() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(TEXTS.text("add.file"));
        File chosen = chooser.showOpenDialog(getScene().getWindow());
        if (chosen != null) {
            model.load(chosen.toPath());
        }
    }

    private Node problem() {
        Label problem = Texts.wrapped("", "error-message");
        problem.setId("add-key-problem");
        problem.textProperty().bind(model.problemProperty());
        HBox.setHgrow(problem, Priority.ALWAYS);
        HBox line = new HBox(8, Icons.of(Feather.ALERT_CIRCLE, "danger"), problem);
        line.visibleProperty().bind(problem.textProperty().isNotEmpty());
        line.managedProperty().bind(line.visibleProperty());
        return line;
    }

    private Node found() {
        Label kind = Texts.label("", "row-title");
        Label fingerprint = Texts.wrapped("", "mono", "fingerprint");
        fingerprint.setId("add-key-fingerprint");
        Label note = Texts.wrapped("", "row-detail");
        note.textProperty().bind(model.noteProperty());
        note.visibleProperty().bind(note.textProperty().isNotEmpty());
        note.managedProperty().bind(note.visibleProperty());
        model.keyProperty().subscribe(key -> {
            kind.setText(key.map(AddKeySheet::heading).orElse(""));
            fingerprint.setText(key.map(AddKeySheet::inTwoLines).orElse(""));
        });
        VBox box = new VBox(4, kind, fingerprint, note);
        box.getStyleClass().add("card");
        box.visibleProperty().bind(model.keyProperty().map(Optional::isPresent));
        box.managedProperty().bind(box.visibleProperty());
        return box;
    }

    private static String inTwoLines(SignerKey key) {
        String text = key.shownFingerprint();
        return text.substring(0, text.length() / 2) + "\n" + text.substring(text.length() / 2 + 1);
    }

    private static String heading(SignerKey key) {
        return key.name().isEmpty() ? key.kind() : TEXTS.text("add.named", key.kind(), key.name());
    }

    private Node name() {
        TextField name = new TextField();
        name.setId("add-key-name");
        name.setPromptText(TEXTS.text("add.name.prompt"));
        name.textProperty().bindBidirectional(model.nameProperty());
        Label label = Texts.heading(TEXTS.text("add.name"));
        label.setLabelFor(name);
        return new VBox(4, label, name);
    }

    private static Node warning(Optional<String> server) {
        String key = server.isEmpty()
                ? "add.warning"
                : server.get().startsWith("https:") ? "add.server.warning" : "add.server.warning.open";
        Label text = Texts.wrapped(TEXTS.text(key));
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox notice = new HBox(Icons.of(Feather.ALERT_TRIANGLE, "warning"), text);
        notice.getStyleClass().addAll("notice", "notice-warning");
        return notice;
    }

    private Node buttons() {
        Button cancel = Buttons.plain(TEXTS.text("add.cancel"), model::cancel);
        cancel.setCancelButton(true);
        Button confirm = Buttons.primary(TEXTS.text("add.confirm"), model::confirm);
        confirm.setId("add-key-confirm");
        confirm.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> model.keyProperty().get().isEmpty() || model.busyProperty().get(),
                        model.keyProperty(),
                        model.busyProperty()));
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Label busy = Texts.label(TEXTS.text("add.busy"), "muted");
        busy.visibleProperty().bind(model.busyProperty());
        HBox buttons = new HBox(8, busy, gap, cancel, confirm);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        return buttons;
    }
}
