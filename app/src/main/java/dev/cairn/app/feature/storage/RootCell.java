// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.app.format.ByteSizes;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/** A root: what it is, how much only it keeps, and a box to mark it for deletion where that is possible. */
final class RootCell extends ListCell<StorageViewModel.RootRow> {
    private static final double MARK_WIDTH = 24;

    private final Messages texts = Messages.of("storage");
    private final StorageViewModel model;

    RootCell(StorageViewModel model) {
        this.model = model;
        getStyleClass().add("root-cell");
    }

    @Override
    protected void updateItem(StorageViewModel.@Nullable RootRow row, boolean empty) {
        super.updateItem(row, empty);
        setText(null);
        if (empty || row == null) {
            setGraphic(null);
            return;
        }
        StackPane mark = new StackPane(mark(row));
        mark.setMinWidth(MARK_WIDTH);
        mark.setPrefWidth(MARK_WIDTH);
        Label detail = Texts.label(row.detail(), "row-detail");
        detail.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        Tooltip.install(detail, new Tooltip(row.detail()));
        Label title = Texts.label(row.title(), "row-title");
        Tooltip.install(title, new Tooltip(row.title()));
        VBox names = new VBox(2, title, detail);
        names.setMinWidth(0);
        names.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(names, Priority.ALWAYS);
        Label size = Texts.label(ByteSizes.text(row.exclusiveBytes()), "row-size");
        size.setMinWidth(Region.USE_PREF_SIZE);
        Tooltip.install(size, new Tooltip(texts.text("roots.exclusive")));
        HBox body = new HBox(8, mark, names, size);
        body.setAlignment(Pos.CENTER_LEFT);
        body.setPrefWidth(0);
        setGraphic(body);
        setAccessibleText(row.title() + ", " + row.detail() + ", " + size.getText());
    }

    private Node mark(StorageViewModel.RootRow row) {
        if (row.root().isRemovable()) {
            CheckBox box = new CheckBox();
            box.setSelected(row.marked());
            box.setAccessibleText(texts.text("roots.mark") + " " + row.title());
            box.setOnAction(_ -> model.mark(row, box.isSelected()));
            return box;
        }
        Label lock = new Label("", Icons.of(icon(row.root()), "muted"));
        Tooltip.install(lock, new Tooltip(texts.text(reason(row.root()))));
        return lock;
    }

    private static Feather icon(StorageRoot root) {
        if (root.isLocked()) {
            return Feather.LOCK;
        }
        return root.isPinned() ? Feather.BOOKMARK : Feather.LINK;
    }

    /** The key of why it cannot be marked. */
    private static String reason(StorageRoot root) {
        if (root.isLocked()) {
            return "root.locked";
        }
        return root.isPinned() ? "root.pinned.help" : "root.elsewhere";
    }
}
