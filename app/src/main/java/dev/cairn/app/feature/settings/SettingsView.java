// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.settings;

import dev.cairn.app.shell.Theme;
import dev.cairn.app.shell.component.PageHeader;
import dev.cairn.app.shell.component.SegmentedChoice;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** One column: the look, the store's folder. */
final class SettingsView extends VBox {
    private static final Messages TEXTS = Messages.of("settings");

    private final SettingsViewModel model;

    SettingsView(SettingsViewModel model) {
        this.model = model;
        getStyleClass().add("page");
        VBox body = new VBox(
                part("theme", theme()),
                part("store", Texts.wrapped(model.store().toString(), "mono")));
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
}
