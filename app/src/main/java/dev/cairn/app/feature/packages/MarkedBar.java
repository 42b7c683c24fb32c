// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.SequencedSet;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** Below the list while packages are marked: which, and what can be done with them. */
final class MarkedBar extends HBox {
    private static final Messages TEXTS = Messages.of("packages");

    MarkedBar(PackagesViewModel model) {
        super(8);
        setId("marked");
        getStyleClass().add("marked-bar");
        setAlignment(Pos.CENTER_LEFT);
        Label names = Texts.label("");
        names.setMinWidth(0);
        names.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(names, Priority.ALWAYS);
        names.textProperty().bind(model.markedProperty().map(MarkedBar::text));
        Button clear = Buttons.plain(TEXTS.text("marked.clear"), model::clearMarks);
        clear.setMinWidth(USE_PREF_SIZE);
        Button review = Buttons.primary(TEXTS.text("marked.review"), model::reviewMarked);
        review.setId("review-marked");
        review.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(names, clear, review);
        visibleProperty().bind(model.markedProperty().map(marked -> !marked.isEmpty()));
        managedProperty().bind(visibleProperty());
    }

    private static String text(SequencedSet<String> marked) {
        return marked.isEmpty() ? "" : TEXTS.text("marked", marked.size(), String.join(", ", marked));
    }
}
