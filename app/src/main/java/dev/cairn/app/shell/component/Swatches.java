// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell.component;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.Group;
import javafx.scene.layout.Background;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;

/**
 * The colours of the style sheet for a canvas, which style sheets do not reach: regions of no size carry them as
 * backgrounds. To be put into the same parent as the canvas.
 */
public final class Swatches extends Pane {
    private final Map<String, Region> regions = new LinkedHashMap<>();

    /**
     * @param changed called when a colour changed, with the theme for instance
     * @param styleClasses those whose background colours are wanted
     */
    public Swatches(Runnable changed, String... styleClasses) {
        setManaged(false);
        for (String styleClass : styleClasses) {
            Region region = new Region();
            region.getStyleClass().add(styleClass);
            region.backgroundProperty().subscribe((_, _) -> changed.run());
            regions.put(styleClass, region);
        }
        getChildren().add(new Group(regions.values().toArray(Region[]::new)));
    }

    /** The colour of one of the style classes; grey as long as no style sheet gave one. */
    public Paint paint(String styleClass) {
        Region region = regions.get(styleClass);
        Background background = region == null ? null : region.getBackground();
        return background == null || background.getFills().isEmpty()
                ? Color.GRAY
                : background.getFills().getFirst().getFill();
    }
}
