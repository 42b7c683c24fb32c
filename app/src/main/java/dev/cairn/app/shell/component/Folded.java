// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell.component;

import java.util.List;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** Rows that are only counted until someone wants to see them; made no earlier than that. */
public final class Folded<T> extends VBox {
    private final List<T> items;
    private final Function<? super T, ? extends Node> row;
    private final VBox rows = new VBox(8);
    private final Button toggle;

    /** @param title what is folded, with its number */
    public Folded(String title, List<T> items, Function<? super T, ? extends Node> row) {
        super(8);
        this.items = List.copyOf(items);
        this.row = row;
        toggle = Buttons.withIcon(Buttons.link(title, this::toggle), Feather.CHEVRON_RIGHT);
        getStyleClass().add("folded");
        show(false);
        getChildren().addAll(toggle, rows);
    }

    private void toggle() {
        if (rows.getChildren().isEmpty()) {
            items.forEach(item -> rows.getChildren().add(row.apply(item)));
        }
        show(!rows.isVisible());
    }

    private void show(boolean open) {
        rows.setVisible(open);
        rows.setManaged(open);
        toggle.setGraphic(Icons.of(open ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT));
    }
}
