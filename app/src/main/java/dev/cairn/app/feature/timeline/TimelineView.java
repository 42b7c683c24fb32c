// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.EmptyState;
import dev.cairn.app.shell.component.ErrorState;
import dev.cairn.app.shell.component.PageHeader;
import dev.cairn.app.shell.component.Skeleton;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;

/** Generations, newest first, and beside them how the chosen one differs from the current one. */
final class TimelineView extends BorderPane {
    private static final double LIST_WIDTH = 420;

    private final Messages texts = Messages.of("timeline");
    private final TimelineViewModel model;
    private final ListView<TimelineRow> list;

    TimelineView(TimelineViewModel model) {
        this.model = model;
        getStyleClass().addAll("page", "timeline");
        Button rollBack = Buttons.withIcon(
                Buttons.primary(texts.text("action.rollback"), model::rollBack), Feather.ROTATE_CCW);
        rollBack.setId("roll-back");
        rollBack.setTooltip(new Tooltip(texts.text("action.rollback.help")));
        rollBack.disableProperty().bind(model.canRollBackProperty().not());
        setTop(new PageHeader(texts.text("title"), new ReadOnlyStringWrapper(texts.text("subtitle")), rollBack));

        list = list();
        GenerationPane details = new GenerationPane(model);
        HBox.setHgrow(details, Priority.ALWAYS);
        HBox both = new HBox(list, new DateScrubber(list), details);
        both.visibleProperty().bind(Bindings.createBooleanBinding(
                () -> !model.rows().isEmpty() && model.failureProperty().get().isEmpty(),
                model.rows(),
                model.failureProperty()));

        EmptyState empty =
                new EmptyState(Feather.CLOCK, texts.text("empty.title"), texts.text("empty.text"));
        empty.visibleProperty().bind(Bindings.isEmpty(model.rows()).and(model.loadedProperty()));
        Skeleton skeleton = new Skeleton(model.loadedProperty().not());
        ErrorState error = new ErrorState(model.failureProperty(), model::refresh);
        setCenter(new StackPane(both, empty, skeleton, error));
    }

    private ListView<TimelineRow> list() {
        ListView<TimelineRow> view = new ListView<>(model.rows());
        view.setId("generations");
        view.getStyleClass().add("timeline-list");
        view.setAccessibleText(texts.text("title"));
        view.setMinWidth(LIST_WIDTH);
        view.setPrefWidth(LIST_WIDTH);
        view.setMaxWidth(LIST_WIDTH);
        view.setCellFactory(_ -> new TimelineCell(model));
        view.getSelectionModel().selectedItemProperty().subscribe(row -> {
            boolean isNews = row != null && !model.selectedProperty().get().equals(Optional.of(row));
            if (isNews) {
                model.select(row);
            }
        });
        model.selectedProperty().subscribe(selected -> selected.ifPresentOrElse(
                row -> view.getSelectionModel().select(row), view.getSelectionModel()::clearSelection));
        view.addEventFilter(KeyEvent.KEY_PRESSED, this::compare);
        view.setOnKeyPressed(event -> {
            if (event.isShortcutDown() || event.isAltDown()) {
                return;
            }
            switch (event.getCode()) {
                case ENTER -> model.switchToSelected();
                case F2 -> editName();
                case P -> model.togglePin();
                case DELETE -> model.deleteSelected();
                default -> {
                    return;
                }
            }
            event.consume();
        });
        return view;
    }

    /** Shift with an arrow moves the second generation. */
    private void compare(KeyEvent event) {
        boolean shift = event.isShiftDown() && !event.isShortcutDown() && !event.isAltDown();
        if (shift && (event.getCode() == KeyCode.UP || event.getCode() == KeyCode.DOWN)) {
            model.extend(event.getCode() == KeyCode.UP ? -1 : 1);
            model.comparedProperty().get().or(model.selectedProperty()::get).ifPresent(this::reveal);
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE && model.comparedProperty().get().isPresent()) {
            model.endComparing();
            event.consume();
        }
    }

    private void reveal(TimelineRow row) {
        if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
            flow.scrollTo(list.getItems().indexOf(row));
        }
    }

    private void editName() {
        if (lookup("#" + TagRow.NAME_ID) instanceof TextField name) {
            name.requestFocus();
            name.selectAll();
        }
    }
}
