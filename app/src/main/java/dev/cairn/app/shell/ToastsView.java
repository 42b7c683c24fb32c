// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import dev.cairn.app.shell.component.Buttons;
import dev.cairn.app.shell.component.Icons;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** Messages at the lower right, the newest at the bottom. */
final class ToastsView extends VBox {
    private static final Messages TEXTS = Messages.of("shell");

    private final ToastsViewModel model;

    ToastsView(ToastsViewModel model) {
        this.model = model;
        getStyleClass().add("toasts");
        setPickOnBounds(false);
        setAlignment(Pos.BOTTOM_RIGHT);
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        model.shown().addListener((ListChangeListener<ToastsViewModel.Toast>) _ -> rebuild());
        rebuild();
    }

    private void rebuild() {
        getChildren().setAll(model.shown().stream().map(this::toast).toList());
    }

    private Node toast(ToastsViewModel.Toast toast) {
        VBox text = new VBox(4, Texts.wrapped(toast.text(), "toast-text"));
        if (!toast.detail().isEmpty()) {
            text.getChildren().add(Texts.wrapped(toast.detail(), "toast-detail"));
        }
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setAlignment(Pos.CENTER_LEFT);
        HBox box = new HBox(8, Icons.of(toast.warning() ? Feather.ALERT_CIRCLE : Feather.CHECK_CIRCLE), text);
        for (ToastsViewModel.Action action : toast.actions()) {
            box.getChildren().add(Buttons.link(action.label(), () -> {
                model.close(toast);
                action.run().run();
            }));
        }
        box.getChildren().add(Buttons.icon(Feather.X, TEXTS.text("toast.close"), () -> model.close(toast)));
        box.setAlignment(Pos.CENTER_LEFT);
        box.getStyleClass().addAll("toast", toast.warning() ? "toast-warning" : "toast-success");
        box.setAccessibleRole(AccessibleRole.TEXT);
        box.setAccessibleText(toast.text());
        return box;
    }
}
