// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.sources;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Chip;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/** One channel: its name and state, the places it comes from, and what can be done with it. */
final class SourceCard extends VBox {
    private static final Messages TEXTS = Messages.of("sources");
    private static final int MOST_PRIORITY = 1000;

    SourceCard(SourcesViewModel model, SourcesViewModel.Card card) {
        getStyleClass().addAll("card", "source-card");
        setId("source-" + card.name());
        HBox head = new HBox(8, Texts.label(card.name(), "row-title"), new Chip(card.stateText(), tone(card.state())));
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren().add(head);
        if (!card.about().isEmpty()) {
            getChildren().add(Texts.wrapped(card.about(), "row-detail"));
        }
        if (card.places().isEmpty() && !card.origin().isEmpty()) {
            getChildren().add(Texts.wrapped(card.origin(), "mono"));
        }
        card.places().forEach(place -> getChildren().add(place(place)));
        if (!card.revision().isEmpty()) {
            getChildren().add(Texts.wrapped(card.revision()));
        }
        card.problems().forEach(problem -> getChildren().add(line(Feather.ALERT_CIRCLE, "danger", problem)));
        getChildren().add(actions(model, card));
        if (card.fetches() && !card.revision().isEmpty()) {
            getChildren().add(new RevisionsList(model, card));
        }
    }

    private static Chip.Tone tone(SourcesViewModel.State state) {
        return switch (state) {
            case FINE -> Chip.Tone.SUCCESS;
            case WAITING -> Chip.Tone.ACCENT;
            case PROBLEM -> Chip.Tone.WARNING;
            case DISABLED -> Chip.Tone.NEUTRAL;
        };
    }

    private static Node place(SourcesViewModel.Place place) {
        VBox box = new VBox(2, Texts.wrapped(place.label(), "mono"));
        box.getStyleClass().add("source-place");
        if (!place.facts().isEmpty()) {
            box.getChildren().add(Texts.wrapped(place.facts(), "row-detail"));
        }
        place.warnings().forEach(warning -> box.getChildren().add(line(Feather.ALERT_TRIANGLE, "warning", warning)));
        if (!place.problem().isEmpty()) {
            box.getChildren().add(line(Feather.ALERT_CIRCLE, "danger", place.problem()));
        }
        return box;
    }

    private static Node line(Ikon icon, String tone, String text) {
        Label label = Texts.wrapped(text);
        HBox.setHgrow(label, Priority.ALWAYS);
        label.setMaxWidth(Double.MAX_VALUE);
        HBox line = new HBox(8, Icons.of(icon, tone), label);
        line.setAlignment(Pos.TOP_LEFT);
        return line;
    }

    private static Node actions(SourcesViewModel model, SourcesViewModel.Card card) {
        FlowPane actions = new FlowPane(8, 8);
        actions.setAlignment(Pos.CENTER_LEFT);
        if (card.fetches()) {
            Button fetch = named("refresh", card, Buttons.withIcon(
                    Buttons.plain(TEXTS.text("refresh"), () -> model.fetch(card)), Feather.REFRESH_CW));
            fetch.disableProperty().bind(model.busyProperty());
            actions.getChildren().add(fetch);
        }
        actions.getChildren().add(named("toggle", card, Buttons.plain(
                TEXTS.text(card.enabled() ? "disable" : "enable"), () -> model.setEnabled(card, !card.enabled()))));
        if (card.removable()) {
            actions.getChildren().add(named("remove", card, Buttons.plain(
                    TEXTS.text("remove"), () -> model.remove(card))));
        }
        Spinner<Integer> priority = new Spinner<>(-MOST_PRIORITY, MOST_PRIORITY, card.priority());
        priority.setId("source-priority-" + card.name());
        priority.setPrefWidth(96);
        priority.setAccessibleText(TEXTS.text("priority.accessible", card.name()));
        priority.valueProperty().subscribe((_, now) -> model.setPriority(card, now));
        HBox labelled = new HBox(8, Texts.label(TEXTS.text("priority"), "muted"), priority);
        labelled.setAlignment(Pos.CENTER_LEFT);
        actions.getChildren().add(labelled);
        return actions;
    }

    private static Button named(String action, SourcesViewModel.Card card, Button button) {
        button.setId("source-" + action + "-" + card.name());
        button.setAccessibleText(button.getText() + " " + card.name());
        return button;
    }
}
