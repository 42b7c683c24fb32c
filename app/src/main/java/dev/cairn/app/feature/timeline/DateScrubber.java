// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/**
 * The dates of the rows of a list beside it, in place of its scroll bar: shows which part is seen, and clicking or
 * dragging goes to a date. Not there while all rows are seen.
 */
final class DateScrubber extends Region {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM);
    private static final double WIDTH = 48;
    private static final double MARK_HEIGHT = 28;
    private static final double LEAST_THUMB = 24;

    private final Messages texts = Messages.of("timeline");
    private final ListView<TimelineRow> list;
    private final Region thumb = new Region();
    private List<DateMark> marks = List.of();
    private int room = -1;
    private double value;
    private double seen = 1;

    DateScrubber(ListView<TimelineRow> list) {
        this.list = list;
        setId("date-scrubber");
        getStyleClass().add("date-scrubber");
        thumb.getStyleClass().add("scrubber-thumb");
        thumb.setManaged(false);
        setMinWidth(WIDTH);
        setMaxWidth(WIDTH);
        setVisible(false);
        managedProperty().bind(visibleProperty());
        list.getItems().addListener((ListChangeListener<TimelineRow>) _ -> changed());
        list.skinProperty().subscribe(_ -> attach());
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::scroll);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::scroll);
        changed();
    }

    /** The list's own scroll bar, which is not seen, knows what part of the rows is. */
    private void attach() {
        list.lookupAll(".scroll-bar").stream()
                .map(ScrollBar.class::cast)
                .filter(bar -> bar.getOrientation() == Orientation.VERTICAL)
                .findFirst()
                .ifPresent(bar -> {
                    bar.visibleProperty().subscribe(this::setVisible);
                    bar.valueProperty().subscribe(now -> move(now.doubleValue() / bar.getMax(), seen));
                    bar.visibleAmountProperty().subscribe(now -> move(value, now.doubleValue() / bar.getMax()));
                });
    }

    private void move(double to, double part) {
        value = Math.clamp(to, 0, 1);
        seen = Math.clamp(part, 0, 1);
        requestLayout();
    }

    private void changed() {
        room = -1;
        List<TimelineRow> rows = list.getItems();
        setAccessibleText(
                rows.isEmpty() ? "" : texts.text("scrubber", text(rows.getFirst().day()), text(rows.getLast().day())));
        requestLayout();
    }

    private static String text(LocalDate day) {
        return DAY.format(day);
    }

    private void scroll(MouseEvent event) {
        int rows = list.getItems().size();
        double top = Math.clamp(event.getY() / getHeight() - seen / 2, 0, 1);
        list.scrollTo((int) Math.min(Math.round(top * rows), rows - 1));
        event.consume();
    }

    private void mark(int fitting) {
        room = fitting;
        marks = DateMark.of(list.getItems().stream().map(TimelineRow::day).toList(), room);
        getChildren().setAll(thumb);
        for (DateMark mark : marks) {
            Label label = Texts.label(mark.text(), "scrubber-mark");
            label.setMouseTransparent(true);
            getChildren().add(label);
        }
    }

    @Override
    protected void layoutChildren() {
        int fitting = (int) (getHeight() / MARK_HEIGHT);
        if (fitting != room) {
            mark(fitting);
        }
        double height = Math.max(LEAST_THUMB, seen * getHeight());
        thumb.resizeRelocate(0, value * (getHeight() - height), getWidth(), height);
        for (int i = 0; i < marks.size(); i++) {
            double y = getHeight() * marks.get(i).row() / list.getItems().size();
            getChildren().get(i + 1).resizeRelocate(0, y, getWidth(), MARK_HEIGHT);
        }
    }
}
