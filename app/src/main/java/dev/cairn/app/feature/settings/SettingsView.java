// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.settings;

import dev.cairn.app.shell.Theme;
import dev.cairn.app.shell.component.Chip;
import dev.cairn.app.shell.component.ErrorState;
import dev.cairn.app.shell.component.PageHeader;
import dev.cairn.app.shell.component.SegmentedChoice;
import dev.cairn.app.shell.component.Skeleton;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** One column: the look, the store's folder, the channels with what is wrong in them. */
final class SettingsView extends VBox {
    private static final Messages TEXTS = Messages.of("settings");

    private final SettingsViewModel model;

    SettingsView(SettingsViewModel model) {
        this.model = model;
        getStyleClass().add("page");
        VBox body = new VBox(
                part("theme", theme()),
                part("store", Texts.wrapped(model.store().toString(), "mono")),
                part("channels", channels()));
        body.getStyleClass().addAll("page-body", "settings");
        ScrollPane scroll = new ScrollPane(body);
        scroll.getStyleClass().add("plain");
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(new PageHeader(TEXTS.text("title"), new ReadOnlyStringWrapper("")), scroll);
    }

    private static Region part(String key, Region contents) {
        return new VBox(
                8, Texts.heading(TEXTS.text(key)), Texts.wrapped(TEXTS.text(key + ".about"), "row-detail"), contents);
    }

    private Region theme() {
        SegmentedChoice<Theme> choice = new SegmentedChoice<>(model.themeProperty());
        for (Theme theme : Theme.values()) {
            choice.option(theme, "theme-" + theme.key(), TEXTS.text("theme." + theme.key()));
        }
        return choice;
    }

    private Region channels() {
        VBox rows = new VBox(16);
        model.channelsProperty()
                .subscribe(channels -> rows.getChildren().setAll(
                        channels.stream().map(SettingsView::channel).toList()));
        return new VBox(
                rows, new Skeleton(model.loadingProperty()), new ErrorState(model.failureProperty(), model::refresh));
    }

    private static Region channel(SettingsViewModel.ChannelRow channel) {
        List<String> problems = channel.problems();
        Chip state = problems.isEmpty()
                ? new Chip(TEXTS.text("channel.fine"), Chip.Tone.SUCCESS)
                : new Chip(TEXTS.text("channel.problems", problems.size()), Chip.Tone.WARNING);
        HBox head = new HBox(8, Texts.label(channel.name(), "row-title"), state);
        head.setAlignment(Pos.CENTER_LEFT);
        VBox card = new VBox(head);
        card.getStyleClass().add("card");
        problems.forEach(problem -> card.getChildren().add(Texts.wrapped(problem, "mono")));
        return card;
    }
}
