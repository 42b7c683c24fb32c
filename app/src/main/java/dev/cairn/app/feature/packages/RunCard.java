// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** How to start the programs of an installed package from a terminal. */
final class RunCard extends VBox {
    private static final Messages TEXTS = Messages.of("packages");
    private static final int MOST = 6;

    RunCard(DetailsViewModel model) {
        getStyleClass().add("card");
        setId("run");
        model.programsProperty().subscribe(this::show);
    }

    private void show(List<DetailsViewModel.Program> programs) {
        setVisible(!programs.isEmpty());
        setManaged(!programs.isEmpty());
        getChildren().setAll(Texts.heading(TEXTS.text("run")));
        programs.stream().limit(MOST).forEach(program -> {
            getChildren().add(line("cairn run " + program.name()));
            getChildren().add(line(program.launcher()));
        });
        if (programs.size() > MOST) {
            getChildren().add(Texts.label(TEXTS.text("more", programs.size() - MOST), "muted"));
        }
    }

    private static Node line(String command) {
        Label text = Texts.wrapped(command, "mono");
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox line = new HBox(8, text, Buttons.icon(Feather.COPY, TEXTS.text("run.copy", command), () -> copy(command)));
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private static void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}
