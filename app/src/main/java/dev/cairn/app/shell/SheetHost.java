// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/**
 * Side sheets: panels of 520 pixels that come over the right side of the window for one decision. While one is open the
 * rest is dimmed, and the keyboard stays in the sheet.
 */
public final class SheetHost extends StackPane {
    private static final double WIDTH = 520;

    SheetHost() {
        setVisible(false);
        setPickOnBounds(false);
        sceneProperty().flatMap(scene -> scene.focusOwnerProperty()).subscribe(this::keepFocus);
    }

    /**
     * Adds a sheet that is shown while {@code open} is true; Esc and a click beside it set that to false.
     *
     * @param view makes its contents, when it is first opened
     */
    public void add(BooleanProperty open, Supplier<? extends Parent> view) {
        open.subscribe(now -> {
            if (now) {
                show(open, view);
            } else {
                getChildren().removeIf(child -> child.getUserData() == open);
                setVisible(!getChildren().isEmpty());
            }
        });
    }

    /** Closes the sheet in front. @return whether there was one */
    boolean closeFront() {
        if (getChildren().isEmpty()) {
            return false;
        }
        ((BooleanProperty) getChildren().getLast().getUserData()).set(false);
        return true;
    }

    private void show(BooleanProperty open, Supplier<? extends Parent> view) {
        Region scrim = new Region();
        scrim.getStyleClass().add("scrim");
        scrim.setOnMouseClicked(_ -> open.set(false));
        Parent contents = view.get();
        StackPane sheet = new StackPane(contents);
        sheet.getStyleClass().add("side-sheet");
        sheet.setMinWidth(WIDTH);
        sheet.setMaxWidth(WIDTH);
        StackPane layer = new StackPane(scrim, sheet);
        StackPane.setAlignment(sheet, Pos.CENTER_RIGHT);
        layer.setUserData(open);
        getChildren().add(layer);
        setVisible(true);
        contents.requestFocus();
    }

    private void keepFocus(Node owner) {
        if (!isVisible() || owner == null) {
            return;
        }
        for (Node node = owner; node != null; node = node.getParent()) {
            if (node == this) {
                return;
            }
        }
        StackPane layer = (StackPane) getChildren().getLast();
        ((StackPane) layer.getChildren().getLast()).getChildren().getFirst().requestFocus();
    }
}
