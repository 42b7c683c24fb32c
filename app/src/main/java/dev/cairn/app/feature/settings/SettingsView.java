// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.settings;

import dev.cairn.app.shell.Theme;
import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.PageHeader;
import dev.cairn.app.shell.component.SegmentedChoice;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** One column: the look, the daemon, the store's folder. */
final class SettingsView extends VBox {
    private static final Messages TEXTS = Messages.of("settings");

    private final SettingsViewModel model;

    SettingsView(SettingsViewModel model) {
        this.model = model;
        getStyleClass().add("page");
        VBox body = new VBox(
                part("theme", theme()),
                part("daemon", daemon()),
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

    private Region daemon() {
        TextField address = new TextField();
        address.setId("daemon-address");
        address.setPromptText(TEXTS.text("daemon.prompt"));
        address.setAccessibleText(TEXTS.text("daemon"));
        address.textProperty().bindBidirectional(model.daemonProperty());
        address.setOnAction(_ -> model.chooseDaemon());
        address.disableProperty().bind(model.changingProperty());
        HBox.setHgrow(address, Priority.ALWAYS);
        Button choose = Buttons.plain(TEXTS.text("daemon.choose"), model::chooseDaemon);
        choose.setId("daemon-choose");
        shownUnless(choose, model.changingProperty());
        Button keep = Buttons.plain(TEXTS.text("daemon.keep"), model::keepDaemon);
        keep.setId("daemon-keep");
        shownUnless(keep, Bindings.not(model.changingProperty()));
        return new VBox(8, new HBox(8, address, choose, keep), note());
    }

    private static void shownUnless(Button button, ObservableBooleanValue hidden) {
        button.visibleProperty().bind(Bindings.not(hidden));
        button.managedProperty().bind(button.visibleProperty());
    }

    private Region note() {
        FontIcon icon = Icons.of(Feather.CLOCK);
        Label text = Texts.wrapped("", "row-detail");
        text.setId("daemon-note");
        text.textProperty().bind(model.daemonNoteProperty());
        HBox.setHgrow(text, Priority.ALWAYS);
        model.attemptProperty().subscribe(attempt -> {
            boolean failed = attempt == SettingsViewModel.Attempt.FAILED;
            icon.setIconCode(failed ? Feather.ALERT_CIRCLE : Feather.CLOCK);
            icon.getStyleClass().setAll("ikonli-font-icon", failed ? "danger" : "accent");
            icon.setVisible(attempt != SettingsViewModel.Attempt.NONE);
        });
        icon.managedProperty().bind(icon.visibleProperty());
        return new HBox(8, icon, text);
    }

    private Region theme() {
        SegmentedChoice<Theme> choice = new SegmentedChoice<>(model.themeProperty());
        for (Theme theme : Theme.values()) {
            choice.option(theme, "theme-" + theme.key(), TEXTS.text("theme." + theme.key()));
        }
        return choice;
    }
}
