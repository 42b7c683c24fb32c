// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.settings;

import dev.cairn.app.shell.Theme;
import dev.cairn.app.shell.component.PageHeader;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** One column of settings. */
final class SettingsView extends VBox {
    private static final Messages TEXTS = Messages.of("settings");

    private final SettingsViewModel model;

    SettingsView(SettingsViewModel model) {
        this.model = model;
        getStyleClass().add("page");
        VBox body = new VBox(
                Texts.heading(TEXTS.text("theme")), theme(), Texts.heading(TEXTS.text("store")), store());
        body.getStyleClass().add("page-body");
        ScrollPane scroll = new ScrollPane(body);
        scroll.getStyleClass().add("plain");
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(new PageHeader(TEXTS.text("title"), new ReadOnlyStringWrapper("")), scroll);
    }

    private Region theme() {
        ToggleGroup group = new ToggleGroup();
        HBox choices = new HBox();
        for (Theme theme : Theme.values()) {
            ToggleButton choice = new ToggleButton(TEXTS.text("theme." + theme.key()));
            choice.setId("theme-" + theme.key());
            choice.getStyleClass().add(switch (theme) {
                case SYSTEM -> "left-pill";
                case LIGHT -> "center-pill";
                case DARK -> "right-pill";
            });
            choice.setToggleGroup(group);
            choice.setMinWidth(96);
            choice.setOnAction(_ -> {
                model.themeProperty().set(theme);
                choice.setSelected(true);
            });
            model.themeProperty().subscribe(now -> choice.setSelected(now == theme));
            choices.getChildren().add(choice);
        }
        return choices;
    }

    private Region store() {
        return Texts.wrapped(model.store().toString(), "mono");
    }
}
