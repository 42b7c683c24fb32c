// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/**
 * What the chosen generation is and what switching to it would change, or how two that were chosen differ. Its parts
 * stay while their texts change, so that a name can be typed meanwhile.
 */
final class GenerationPane extends ScrollPane {
    private final Messages texts = Messages.of("timeline");
    private final TimelineViewModel model;
    private final Label title = Texts.wrapped("", "details-title");
    private final Label first = Texts.wrapped("");
    private final Label second = Texts.wrapped("");
    private final Button switchTo;
    private final Button end;
    private final TagRow tags;

    GenerationPane(TimelineViewModel model) {
        this.model = model;
        getStyleClass().addAll("details", "edge-to-edge");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);

        switchTo = Buttons.primary(texts.text("action.switch"), model::switchToSelected);
        switchTo.setId("switch-to");
        end = Buttons.icon(Feather.X, texts.text("action.compare.end"), model::endComparing);
        end.setId("compare-end");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox heading = new HBox(8, title, space, switchTo, end);
        heading.getStyleClass().add("details-heading");
        tags = new TagRow(model);
        SecondChoice choice = new SecondChoice(model);
        choice.visibleProperty().bind(model.selectedProperty().map(_ -> model.rows().size() > 1));
        VBox content = new VBox(heading, first, second, tags, choice, new DifferencePane(model));
        content.getStyleClass().add("details-content");
        content.getChildren().forEach(GenerationPane::foldWhenHidden);
        heading.getChildren().forEach(GenerationPane::foldWhenHidden);
        setContent(content);
        model.selectedProperty().subscribe(_ -> show());
        model.comparedProperty().subscribe(_ -> show());
    }

    private static void foldWhenHidden(Node node) {
        node.managedProperty().bind(node.visibleProperty());
    }

    private void show() {
        Optional<TimelineRow> chosen = model.selectedProperty().get();
        Optional<GenerationPair> pair = chosen.flatMap(
                row -> model.comparedProperty().get().map(other -> GenerationPair.inOrder(row, other)));
        boolean alone = pair.isEmpty();
        end.setVisible(!alone);
        switchTo.setVisible(alone && chosen.filter(row -> !row.isCurrent() && !row.gone()).isPresent());
        tags.setVisible(alone && chosen.filter(row -> row.number() > 0).isPresent());
        first.getStyleClass().setAll("label", alone ? "details-synopsis" : "compared-line");
        second.getStyleClass().setAll("label", alone ? "muted" : "compared-line");
        if (pair.isPresent()) {
            TimelineRow before = pair.get().before();
            TimelineRow after = pair.get().after();
            title.setText(texts.text("compare.title", before.number(), after.number()));
            first.setText(line(before));
            second.setText(line(after));
        } else {
            title.setText(chosen.map(row -> texts.text("generation", row.number())).orElse(""));
            first.setText(chosen.map(TimelineRow::cause).orElse(texts.text("details.none")));
            second.setText(chosen.map(row -> model.made(row.generation())).orElse(""));
        }
    }

    private String line(TimelineRow row) {
        return texts.text("compare.line", row.number(), row.title(), model.made(row.generation()));
    }
}
