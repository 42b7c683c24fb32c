// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import java.util.EnumMap;
import java.util.Map;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/**
 * The window's contents: rail at the left, the current section beside it, activity bar and drawer below, sheets and
 * messages above all. A section's view is made when it is first shown.
 */
public final class ShellView extends StackPane {
    private final ShellViewModel model;
    private final StackPane content = new StackPane();
    private final Map<SectionId, Parent> views = new EnumMap<>(SectionId.class);
    private final SheetHost sheets = new SheetHost();
    private final BorderPane frame;
    private Subscription look = Subscription.EMPTY;

    public ShellView(ShellViewModel model) {
        this.model = model;
        getStyleClass().add("shell");
        ActivityViewModel activity = new ActivityViewModel(model.operations());
        ObservableValue<Boolean> narrow = widthProperty().map(width -> width.doubleValue() < ShellViewModel.NARROW);
        ToastsView toasts = new ToastsView(model.toasts());
        StackPane.setAlignment(toasts, Pos.BOTTOM_RIGHT);
        frame = new BorderPane(new StackPane(content, toasts));
        frame.setLeft(new NavigationRail(model, narrow));
        VBox bottom = new VBox(new ActivityBar(activity, model.drawerProperty()));
        frame.setBottom(bottom);
        model.drawerProperty().subscribe(open -> showDrawer(bottom, activity, open));

        sheets.add(model.closingProperty(), () -> new ClosingSheet(model));
        getChildren().addAll(frame, sheets, new ShortcutsOverlay(model.shortcutsProperty()));
        model.currentProperty().subscribe(this::showSection);
    }

    /** Puts something above all sections. */
    public void showAbove(Node node) {
        frame.setTop(node);
    }

    /** Where sections put what comes over the window's right side. */
    public SheetHost sheets() {
        return sheets;
    }

    /** Makes the scene that the window shows. */
    public Scene createScene(double width, double height) {
        Scene scene = new Scene(this, width, height);
        look = ThemeSwitch.install(scene, model.themeProperty());
        Keys.install(scene, model, sheets);
        return scene;
    }

    /** Follows neither the theme nor the desktop any more. */
    public void detach() {
        look.unsubscribe();
    }

    private void showSection(Section section) {
        Node view = views.computeIfAbsent(section.id(), _ -> section.createView());
        content.getChildren().setAll(view);
    }

    private void showDrawer(VBox bottom, ActivityViewModel activity, boolean open) {
        bottom.getChildren().removeIf(ActivityDrawer.class::isInstance);
        if (open) {
            bottom.getChildren().addFirst(new ActivityDrawer(activity, model.drawerHeightProperty(), heightProperty()));
        }
    }
}
