// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import dev.cairn.app.shell.component.Chip;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** A row of 72 pixels: number, cause, time, and what changed; above the first of a day, the day. */
final class TimelineCell extends ListCell<TimelineRow> {
    private static final PseudoClass COMPARED = PseudoClass.getPseudoClass("compared");
    private static final PseudoClass FIRST_OF_DAY = PseudoClass.getPseudoClass("first-of-day");

    private final Messages texts = Messages.of("timeline");
    private final TimelineViewModel model;

    TimelineCell(TimelineViewModel model) {
        this.model = model;
        getStyleClass().add("timeline-cell");
        model.comparedProperty().subscribe(_ -> mark());
        // Before the list, which would choose the row alone.
        addEventFilter(MouseEvent.MOUSE_PRESSED, event -> {
            if (event.isShortcutDown() && event.getButton() == MouseButton.PRIMARY && getItem() != null) {
                model.compareWith(getItem());
                getListView().requestFocus();
                event.consume();
            }
        });
    }

    private void mark() {
        TimelineRow row = getItem();
        pseudoClassStateChanged(
                COMPARED,
                row != null && model.comparedProperty().get()
                        .filter(second -> second.number() == row.number())
                        .isPresent());
    }

    @Override
    protected void updateItem(@Nullable TimelineRow row, boolean empty) {
        super.updateItem(row, empty);
        setText(null);
        mark();
        pseudoClassStateChanged(FIRST_OF_DAY, row != null && row.firstOfDay());
        if (empty || row == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        VBox box = new VBox(body(row));
        // As wide as the list and no wider: long causes are shortened instead of scrolled.
        box.setPrefWidth(0);
        if (row.firstOfDay()) {
            box.getChildren().addFirst(Texts.label(model.dayText(row.day()), "day-heading"));
        }
        setGraphic(box);
        setAccessibleText(texts.text("generation", row.number()) + ", " + row.title() + ", " + row.time()
                + (row.isPinned() ? ", " + texts.text("badge.pinned") : ""));
    }

    private HBox body(TimelineRow row) {
        Label number = Texts.label(Integer.toString(row.number()), "generation-number");
        number.setMinWidth(Region.USE_PREF_SIZE);
        if (row.isCurrent()) {
            number.getStyleClass().add("current");
        }
        Label title = Texts.label(row.title(), "row-title");
        title.setTooltip(new Tooltip(row.title()));
        HBox first = new HBox(8, title);
        first.setAlignment(Pos.CENTER_LEFT);
        if (row.isCurrent()) {
            first.getChildren().add(new Chip(texts.text("badge.current"), Chip.Tone.SUCCESS));
        }
        if (row.isPinned()) {
            // No chip: names are long, and this says as much.
            Label pinned = new Label("", Icons.of(Feather.BOOKMARK));
            pinned.setMinWidth(Region.USE_PREF_SIZE);
            pinned.setTooltip(new Tooltip(texts.text("badge.pinned.help")));
            first.getChildren().addFirst(pinned);
        }
        String about = row.isNamed() ? texts.text("named", row.time(), row.cause()) : row.time();
        HBox second = new HBox(8, Texts.label(about, "row-detail"));
        second.setAlignment(Pos.CENTER_LEFT);
        if (row.branch()) {
            int parent = row.generation().parent().orElse(0);
            Chip branch = new Chip(texts.text("badge.branch", parent), Chip.Tone.WARNING);
            branch.setTooltip(new Tooltip(texts.text("badge.branch.help", parent)));
            second.getChildren().add(branch);
        }
        if (row.gone()) {
            Chip gone = new Chip(texts.text("badge.gone"), Chip.Tone.DANGER);
            gone.setTooltip(new Tooltip(texts.text("details.gone")));
            second.getChildren().add(gone);
        }
        VBox middle = new VBox(4, first, second);
        middle.setAlignment(Pos.CENTER_LEFT);
        middle.setMinWidth(0);
        HBox.setHgrow(middle, Priority.ALWAYS);
        HBox chips = new HBox(4);
        chips.setAlignment(Pos.CENTER_RIGHT);
        chip(chips, "added", row.added(), Chip.Tone.SUCCESS);
        chip(chips, "upgraded", row.upgraded(), Chip.Tone.ACCENT);
        chip(chips, "removed", row.removed(), Chip.Tone.DANGER);
        HBox body = new HBox(12, number, middle, chips);
        body.getStyleClass().add("timeline-row");
        body.setAlignment(Pos.CENTER_LEFT);
        return body;
    }

    private void chip(HBox chips, String key, int count, Chip.Tone tone) {
        if (count > 0) {
            Chip chip = new Chip(texts.text("chip." + key, count), tone);
            chip.setTooltip(new Tooltip(texts.text("chip." + key + ".help", count)));
            chips.getChildren().add(chip);
        }
    }
}
