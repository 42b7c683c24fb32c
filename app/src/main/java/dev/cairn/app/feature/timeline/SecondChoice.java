// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import dev.cairn.ui.l10n.Messages;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Where the generation is chosen that the chosen one is compared with. */
final class SecondChoice extends HBox {
    private final Messages texts = Messages.of("timeline");
    private final TimelineViewModel model;
    private final ComboBox<TimelineRow> choice = new ComboBox<>();

    SecondChoice(TimelineViewModel model) {
        super(8);
        this.model = model;
        setAlignment(Pos.CENTER_LEFT);
        choice.setId("compare-with");
        choice.setMaxWidth(Double.MAX_VALUE);
        choice.setPromptText(texts.text("compare.none"));
        choice.setConverter(new Offer());
        HBox.setHgrow(choice, Priority.ALWAYS);
        Label label = new Label(texts.text("compare.with"));
        label.setMinWidth(USE_PREF_SIZE);
        label.setLabelFor(choice);
        getChildren().addAll(label, choice);
        choice.setOnShowing(_ -> offer());
        choice.setOnAction(_ -> {
            TimelineRow row = choice.getValue();
            if (row != null && model.comparedProperty().get().filter(row::equals).isEmpty()) {
                model.compareWith(row);
            }
        });
        model.comparedProperty().subscribe(second -> choice.setValue(second.orElse(null)));
    }

    /** All others, as they are now. */
    private void offer() {
        int chosen = model.selectedProperty().get().map(TimelineRow::number).orElse(0);
        choice.getItems().setAll(
                model.rows().stream().filter(row -> row.number() != chosen).toList());
    }

    private final class Offer extends StringConverter<TimelineRow> {
        @Override
        public String toString(@Nullable TimelineRow row) {
            return row == null ? texts.text("compare.none") : texts.text("compare.offer", row.number(), row.title());
        }

        @Override
        public TimelineRow fromString(String text) {
            throw new UnsupportedOperationException("nothing is typed here");
        }
    }
}
