// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import dev.cairn.app.shell.component.Icons;
import dev.cairn.ui.l10n.Messages;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The sections, one under the other at the left edge; icons alone where the window is narrow. */
final class NavigationRail extends VBox {
    private static final Messages TEXTS = Messages.of("shell");
    private static final double WIDE = 200;
    private static final double NARROW = 56;

    NavigationRail(ShellViewModel model, ObservableValue<Boolean> narrow) {
        getStyleClass().add("rail");
        setAccessibleText(TEXTS.text("rail.label"));
        ToggleGroup group = new ToggleGroup();
        for (Section section : model.sections()) {
            ToggleButton button = entry(model, section, narrow);
            button.setToggleGroup(group);
            if (section.id() == SectionId.SETTINGS) {
                Region gap = new Region();
                VBox.setVgrow(gap, Priority.ALWAYS);
                getChildren().add(gap);
            }
            getChildren().add(button);
        }
        ObservableValue<Double> width = narrow.map(is -> is ? NARROW : WIDE);
        minWidthProperty().bind(width);
        maxWidthProperty().bind(width);
        prefWidthProperty().bind(width);
    }

    private static ToggleButton entry(ShellViewModel model, Section section, ObservableValue<Boolean> narrow) {
        String title = TEXTS.text("section." + section.id().key());
        ToggleButton button = new ToggleButton(title, Icons.of(section.icon()));
        button.setId("rail-" + section.id().key());
        button.getStyleClass().add("rail-entry");
        button.setAccessibleText(title);
        button.setMaxWidth(Double.MAX_VALUE);
        button.contentDisplayProperty()
                .bind(narrow.map(is -> is ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT));
        button.tooltipProperty().bind(narrow.map(is -> is ? new Tooltip(title) : null));
        model.currentProperty().subscribe(current -> button.setSelected(current == section));
        button.setOnAction(_ -> {
            model.show(section.id());
            // A toggle that is clicked again would go off; the section stays.
            button.setSelected(true);
        });
        return button;
    }
}
