// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.packages;

import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Monogram;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A package in the list: monogram, name and version over the synopsis, and the button that says its state. */
final class PackageCell extends ListCell<PackageRow> {
    private static final Messages TEXTS = Messages.of("packages");

    private static final double NARROW = 88;

    /** What is being done takes more letters than what can be. */
    private static final double WIDE = 108;

    private final Monogram monogram = new Monogram(36);
    private final Label name = Texts.label("", "row-title");
    private final Label version = Texts.label("", "row-version");
    private final Label synopsis = Texts.label("", "row-detail");
    private final FontIcon mark = Icons.of(Feather.CHECK_CIRCLE, "accent");
    private final Button button = new Button();
    private final Tooltip whole = new Tooltip();
    private final HBox row;

    PackageCell(Consumer<PackageRow> act) {
        // The name gets what it needs, the version the rest.
        BorderPane first = new BorderPane(version);
        first.setLeft(name);
        BorderPane.setAlignment(name, Pos.BOTTOM_LEFT);
        BorderPane.setAlignment(version, Pos.BOTTOM_LEFT);
        BorderPane.setMargin(version, new Insets(0, 0, 0, 8));
        VBox text = new VBox(first, synopsis);
        text.setAlignment(Pos.CENTER_LEFT);
        text.setMinWidth(0);
        name.setMinWidth(0);
        version.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        button.setMnemonicParsing(false);
        button.setFocusTraversable(false);
        button.setOnAction(_ -> {
            if (getItem() != null) {
                act.accept(getItem());
            }
        });
        mark.managedProperty().bind(mark.visibleProperty());
        row = new HBox(12, monogram, text, mark, button);
        row.setAlignment(Pos.CENTER_LEFT);
        // The row is as wide as the list; long texts end in an ellipsis.
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable PackageRow item, boolean empty) {
        super.updateItem(item, empty);
        if (empty || item == null) {
            setGraphic(null);
            setTooltip(null);
            setAccessibleText(null);
            return;
        }
        monogram.show(item.name());
        mark.setVisible(item.marked());
        name.setText(item.name());
        version.setText(item.hit().key().version());
        synopsis.setText(item.hit().synopsis());
        whole.setText(item.hit().synopsis());
        setTooltip(whole);
        String label = TEXTS.text("row." + item.state().key());
        button.setText(label);
        button.setDisable(item.state().isPending());
        button.setMinWidth(item.state().isPending() ? WIDE : NARROW);
        button.setAccessibleText(TEXTS.text("row." + item.state().key() + ".accessible", item.name()));
        button.getStyleClass().setAll("button", "small", "state-" + item.state().key());
        String accessible = TEXTS.text(
                "row.accessible", item.name(), item.hit().key().version(), item.hit().synopsis(), label);
        setAccessibleText(item.marked() ? TEXTS.text("row.marked") + ", " + accessible : accessible);
        setGraphic(row);
    }
}
