// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell.component;

import dev.cairn.ui.l10n.Messages;
import javafx.animation.PauseTransition;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** Grey bars in place of rows that are being loaded; they appear only when that takes longer than 200 ms. */
public final class Skeleton extends VBox {
    private static final Duration PATIENCE = Duration.millis(200);
    private static final double[] WIDTHS = {0.55, 0.8, 0.45, 0.7, 0.6, 0.75};

    /** @param loading shown while this is true, after the delay */
    public Skeleton(ObservableBooleanValue loading) {
        getStyleClass().add("skeleton");
        setAccessibleText(Messages.of("common").text("loading"));
        setVisible(false);
        managedProperty().bind(visibleProperty());
        for (double width : WIDTHS) {
            Region bar = new Region();
            bar.getStyleClass().add("skeleton-bar");
            bar.maxWidthProperty().bind(widthProperty().multiply(width));
            getChildren().add(bar);
        }
        PauseTransition delay = new PauseTransition(PATIENCE);
        delay.setOnFinished(_ -> setVisible(loading.get()));
        loading.subscribe(now -> {
            if (now) {
                delay.playFromStart();
            } else {
                delay.stop();
                setVisible(false);
            }
        });
    }
}
