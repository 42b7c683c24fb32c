// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import dev.cairn.app.operation.Activity;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Texts;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** One activity: how it stands, what it is, and how far. */
final class ActivityCell extends ListCell<Activity> {
    /** What a title keeps where there is little room. */
    private static final double TITLE = 140;

    private final FontIcon icon = Icons.of(Feather.LOADER);
    private final Label title = Texts.label("", "row-title");
    private final Label detail = Texts.label("", "row-detail");
    private final HBox row;

    ActivityCell() {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        title.setMinWidth(TITLE);
        detail.setMinWidth(0);
        row = new HBox(8, icon, title, gap, detail);
        row.setAlignment(Pos.CENTER_LEFT);
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable Activity activity, boolean empty) {
        super.updateItem(activity, empty);
        detail.textProperty().unbind();
        icon.iconCodeProperty().unbind();
        if (empty || activity == null) {
            setGraphic(null);
            return;
        }
        title.setText(activity.title());
        detail.textProperty().bind(activity.detailProperty());
        icon.iconCodeProperty().bind(activity.stateProperty().map(ActivityCell::icon));
        setGraphic(row);
    }

    private static Feather icon(Activity.State state) {
        return switch (state) {
            case RUNNING -> Feather.LOADER;
            case SUCCEEDED -> Feather.CHECK;
            case FAILED -> Feather.X;
            case CANCELLED -> Feather.SLASH;
        };
    }
}
