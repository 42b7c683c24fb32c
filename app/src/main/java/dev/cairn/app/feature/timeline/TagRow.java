// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.app.task.Failure;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** What can be done about keeping a generation: its name, its pin, and the way to delete it. */
final class TagRow extends VBox {
    static final String NAME_ID = "generation-label";

    private final Messages texts = Messages.of("timeline");
    private final TimelineViewModel model;
    private final TextField name = new TextField();
    private final Label problem = Texts.wrapped("", "danger-text");
    private final Button pin;
    private final Button delete;

    TagRow(TimelineViewModel model) {
        super(4);
        this.model = model;
        name.setId(NAME_ID);
        name.textProperty().bindBidirectional(model.draftProperty());
        name.setPromptText(texts.text("label.prompt"));
        name.setAccessibleText(texts.text("label.prompt"));
        name.setOnAction(_ -> save());
        // Before the field and what is around it, which take Escape for themselves.
        name.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && model.isDrafting()) {
                model.resetDraft();
                event.consume();
            }
        });
        HBox.setHgrow(name, Priority.ALWAYS);
        Button save = Buttons.plain(texts.text("label.save"), this::save);
        save.setId("generation-label-save");
        save.visibleProperty().bind(Bindings.createBooleanBinding(
                model::isDrafting, model.draftProperty(), model.selectedProperty()));
        save.managedProperty().bind(save.visibleProperty());
        pin = Buttons.withIcon(Buttons.plain("", model::togglePin), Feather.BOOKMARK);
        pin.setId("generation-pin");
        delete = Buttons.icon(Feather.TRASH_2, texts.text("action.delete"), model::deleteSelected);
        delete.setId("generation-delete");
        HBox tags = new HBox(8, name, save, pin, delete);
        tags.setAlignment(Pos.CENTER_LEFT);
        problem.setId("generation-label-problem");
        problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        getChildren().addAll(tags, problem);
        model.draftProperty().subscribe(_ -> problem.setText(""));
        model.selectedProperty().subscribe(this::show);
    }

    private void show(Optional<TimelineRow> row) {
        String key = row.filter(TimelineRow::isPinned).isPresent() ? "action.unpin" : "action.pin";
        pin.setText(texts.text(key));
        pin.setTooltip(new Tooltip(texts.text(key + ".help")));
        delete.setDisable(!model.canDelete());
    }

    private void save() {
        Optional<Failure> failure = model.label(model.draftProperty().get());
        problem.setText(failure.map(found -> Failure.sentences(found.message(), found.hint())).orElse(""));
    }
}
