// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import dev.cairn.app.operation.Operation;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** An operation in the drawer's list: its title over its state. */
final class OperationCell extends ListCell<Operation> {
    private static final Messages TEXTS = Messages.of("shell");

    private final Label title = Texts.label("", "row-title");
    private final Label state = Texts.label("", "row-detail");
    private final VBox row = new VBox(title, state);

    OperationCell() {
        row.setAlignment(Pos.CENTER_LEFT);
    }

    @Override
    protected void updateItem(@Nullable Operation operation, boolean empty) {
        super.updateItem(operation, empty);
        state.textProperty().unbind();
        if (empty || operation == null) {
            setGraphic(null);
            return;
        }
        title.setText(operation.title());
        state.textProperty().bind(operation.stateProperty().map(OperationCell::text));
        setGraphic(row);
    }

    static String text(Operation.State state) {
        return TEXTS.text("state." + state.name().toLowerCase(Locale.ROOT));
    }
}
