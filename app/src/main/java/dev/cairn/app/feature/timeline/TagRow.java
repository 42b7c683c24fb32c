// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.app.task.Failure;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** What can be done about keeping a generation: its name, its pin, and the way to delete it. */
final class TagRow extends VBox {
    static final String NAME_ID = "generation-label";

    private final Messages texts = Messages.of("timeline");
    private final TimelineViewModel model;
    private final String label;
    private final TextField name = new TextField();
    private final Label problem = Texts.wrapped("", "danger-text");

    TagRow(TimelineViewModel model, TimelineRow row) {
        super(4);
        this.model = model;
        label = row.generation().tag().label().orElse("");
        name.setId(NAME_ID);
        name.setText(label);
        name.setPromptText(texts.text("label.prompt"));
        name.setAccessibleText(texts.text("label.prompt"));
        name.setOnAction(_ -> save());
        name.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                name.setText(label);
            }
        });
        HBox.setHgrow(name, Priority.ALWAYS);
        Button save = Buttons.plain(texts.text("label.save"), this::save);
        save.setId("generation-label-save");
        save.visibleProperty().bind(name.textProperty().isNotEqualTo(label));
        save.managedProperty().bind(save.visibleProperty());
        HBox tags = new HBox(8, name, save, pin(row), delete());
        tags.setAlignment(Pos.CENTER_LEFT);
        problem.setId("generation-label-problem");
        problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        getChildren().addAll(tags, problem);
    }

    private Button pin(TimelineRow row) {
        String key = row.isPinned() ? "action.unpin" : "action.pin";
        Button pin = Buttons.withIcon(Buttons.plain(texts.text(key), model::togglePin), Feather.BOOKMARK);
        pin.setId("generation-pin");
        pin.setTooltip(new Tooltip(texts.text(key + ".help")));
        return pin;
    }

    private Button delete() {
        Button delete = Buttons.icon(Feather.TRASH_2, texts.text("action.delete"), model::deleteSelected);
        delete.setId("generation-delete");
        delete.setDisable(!model.canDelete());
        return delete;
    }

    private void save() {
        Optional<Failure> failure = model.label(name.getText());
        problem.setText(failure.map(found -> Failure.sentences(found.message(), found.hint())).orElse(""));
    }
}
