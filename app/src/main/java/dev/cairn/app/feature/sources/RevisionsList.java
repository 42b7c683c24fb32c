// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.sources;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Chip;
import dev.cairn.app.shell.component.Folded;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What a channel offered at other times, to go back to or to look into; folded away at first. */
final class RevisionsList extends VBox {
    private static final Messages TEXTS = Messages.of("sources");

    private final SourcesViewModel model;
    private final SourcesViewModel.Card card;

    RevisionsList(SourcesViewModel model, SourcesViewModel.Card card) {
        super(8);
        this.model = model;
        this.card = card;
        Folded<SourcesViewModel.Revision> rows =
                new Folded<>(TEXTS.text("revisions", card.revisions().size()), card.revisions(), this::row);
        rows.setId("revisions-" + card.name());
        getChildren().addAll(rows, any());
    }

    private Node row(SourcesViewModel.Revision revision) {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox row = new HBox(
                8, Texts.label(revision.label(), "mono"), Texts.label(revision.facts(), "row-detail"), gap);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("revision-row");
        if (revision.current()) {
            row.getChildren().add(new Chip(TEXTS.text("revision.current"), Chip.Tone.SUCCESS));
        }
        if (revision.shown()) {
            row.getChildren().add(small("present", revision, TEXTS.text("revision.present"), model::lookAtPresent));
        } else if (!revision.current()) {
            row.getChildren().add(small(
                    "look", revision, TEXTS.text("revision.look"), () -> model.lookInto(card, revision)));
        }
        if (!revision.current()) {
            row.getChildren().add(small(
                    "switch", revision, TEXTS.text("revision.switch"), () -> model.goBack(card, revision)));
        }
        return row;
    }

    private Button small(String action, SourcesViewModel.Revision revision, String text, Runnable does) {
        Button button = Buttons.plain(text, does);
        button.getStyleClass().add("small");
        button.setId("revision-" + action + "-" + revision.number());
        button.setAccessibleText(text + " " + revision.label());
        button.disableProperty().bind(model.busyProperty());
        return button;
    }

    /** Any commit that the service knows. */
    private Node any() {
        TextField commit = new TextField();
        commit.setId("revision-commit-" + card.name());
        commit.setPromptText(TEXTS.text("revision.prompt"));
        commit.setAccessibleText(TEXTS.text("revision.any"));
        commit.setOnAction(_ -> model.lookInto(card, commit.getText()));
        HBox.setHgrow(commit, Priority.ALWAYS);
        Button look = Buttons.plain(TEXTS.text("revision.look"), () -> model.lookInto(card, commit.getText()));
        look.setId("revision-any-" + card.name());
        look.disableProperty().bind(model.busyProperty().or(commit.textProperty().isEmpty()));
        HBox line = new HBox(8, commit, look);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }
}
