// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;

/** The line at the lower edge that says what Cairn is doing and opens the drawer. */
final class ActivityBar extends HBox {
    private static final Messages TEXTS = Messages.of("shell");

    ActivityBar(ActivityViewModel model, BooleanProperty drawer) {
        getStyleClass().add("activity-bar");
        setAlignment(Pos.CENTER_LEFT);
        Label line = Texts.label("", "activity-line");
        line.textProperty().bind(model.lineProperty());
        ProgressBar progress = new ProgressBar();
        progress.progressProperty().bind(model.progressProperty());
        progress.visibleProperty().bind(model.busyProperty());
        progress.setAccessibleText(TEXTS.text("activity.label"));
        Label transferred = Texts.label("", "activity-line");
        transferred.setId("activity-transferred");
        transferred.textProperty().bind(model.transferredProperty());
        transferred.managedProperty().bind(transferred.textProperty().isNotEmpty());
        Button cancel = Buttons.link(TEXTS.text("activity.cancel"), model::cancel);
        cancel.visibleProperty().bind(model.busyProperty());
        cancel.managedProperty().bind(cancel.visibleProperty());
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        getChildren().addAll(Icons.of(Feather.ACTIVITY), line, progress, transferred, cancel, gap, toggle(drawer));
    }

    private static ToggleButton toggle(BooleanProperty drawer) {
        ToggleButton toggle = new ToggleButton(TEXTS.text("activity.label"));
        toggle.setId("activity-toggle");
        toggle.getStyleClass().addAll("flat", "activity-toggle");
        toggle.setMinWidth(USE_PREF_SIZE);
        toggle.selectedProperty().bindBidirectional(drawer);
        Tooltip tip = new Tooltip();
        tip.textProperty().bind(drawer.map(open -> TEXTS.text(open ? "activity.hide" : "activity.show")));
        toggle.setTooltip(tip);
        toggle.accessibleTextProperty().bind(tip.textProperty());
        toggle.graphicProperty().bind(drawer.map(open -> Icons.of(open ? Feather.CHEVRON_DOWN : Feather.CHEVRON_UP)));
        return toggle;
    }
}
