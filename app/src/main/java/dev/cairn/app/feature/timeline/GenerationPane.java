// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Folded;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.manifest.ManifestEntry;
import dev.cairn.transaction.Change;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What the chosen generation is, and what switching to it would change. */
final class GenerationPane extends ScrollPane {
    private static final int MOST_ALONG = 4;

    private final Messages texts = Messages.of("timeline");
    private final TimelineViewModel model;
    private final VBox content = new VBox();

    GenerationPane(TimelineViewModel model) {
        this.model = model;
        getStyleClass().addAll("details", "edge-to-edge");
        content.getStyleClass().add("details-content");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setContent(content);
        model.detailsProperty().subscribe(this::show);
    }

    private void show(Optional<GenerationDetails> shown) {
        if (shown.isEmpty()) {
            content.getChildren().setAll(Texts.wrapped(texts.text("details.none"), "muted"));
            return;
        }
        GenerationDetails details = shown.get();
        content.getChildren().setAll(heading(details));
        content.getChildren().add(Texts.wrapped(details.row().cause(), "details-synopsis"));
        content.getChildren().add(Texts.wrapped(details.made(), "muted"));
        if (details.row().number() > 0) {
            content.getChildren().add(new TagRow(model, details.row()));
        }
        if (details.row().gone()) {
            content.getChildren().add(Texts.wrapped(texts.text("details.gone")));
        } else if (details.row().isCurrent()) {
            content.getChildren().add(Texts.wrapped(texts.text("details.current")));
        } else if (details.changes().isEmpty()) {
            content.getChildren().add(Texts.wrapped(texts.text("details.same", details.current())));
        } else {
            content.getChildren().add(Texts.wrapped(texts.text("details.intro", details.current())));
            group("upgraded", details.upgraded());
            group("downgraded", details.downgraded());
            group("added", details.added());
            group("removed", details.removed());
        }
    }

    private Node heading(GenerationDetails details) {
        Label title = Texts.label(texts.text("generation", details.row().number()), "details-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button switchTo = Buttons.primary(texts.text("action.switch"), model::switchToSelected);
        switchTo.setId("switch-to");
        switchTo.setVisible(!details.row().isCurrent() && !details.row().gone());
        HBox heading = new HBox(8, title, space, switchTo);
        heading.getStyleClass().add("details-heading");
        return heading;
    }

    private void group(String key, List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        content.getChildren().add(Texts.heading(texts.text("details." + key)));
        List<Change> along = changes.stream().filter(change -> !change.reason().isEmpty()).toList();
        boolean many = along.size() > MOST_ALONG;
        VBox rows = new VBox(4);
        for (Change change : changes) {
            if (!many || change.reason().isEmpty()) {
                rows.getChildren().add(row(change));
            }
        }
        if (many) {
            rows.getChildren().add(new Folded<>(texts.text("details.along", along.size()), along, GenerationPane::row));
        }
        content.getChildren().add(rows);
    }

    private static Node row(Change change) {
        ManifestEntry entry = change.entry();
        String output = entry.output().equals("out") ? "" : ":" + entry.output();
        String versions = change instanceof Change.Upgraded upgraded
                ? upgraded.before().version() + " → " + entry.version()
                : entry.version();
        HBox row = new HBox(8, Texts.label(entry.name() + output, "row-title"), Texts.label(versions, "row-detail"));
        row.getStyleClass().add("change-row");
        return row;
    }
}
