// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import javafx.scene.Group;
import javafx.scene.layout.Background;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;

/**
 * The colours of the style sheet for a canvas, which style sheets do not reach: regions of no size carry them as
 * backgrounds.
 */
final class GraphPalette extends Pane {
    private final Region node;
    private final Region hover;
    private final Region border;
    private final Region edge;
    private final Region accent;
    private final Region accentSoft;
    private final Region text;
    private final Region muted;
    private final Runnable changed;

    /** @param changed called when a colour changed, with the theme for instance */
    GraphPalette(Runnable changed) {
        this.changed = changed;
        setManaged(false);
        node = swatch("node");
        hover = swatch("hover");
        border = swatch("border");
        edge = swatch("edge");
        accent = swatch("accent");
        accentSoft = swatch("accent-soft");
        text = swatch("text");
        muted = swatch("muted");
        Group group = new Group(node, hover, border, edge, accent, accentSoft, text, muted);
        getChildren().add(group);
    }

    Paint node() {
        return paint(node);
    }

    Paint hover() {
        return paint(hover);
    }

    Paint border() {
        return paint(border);
    }

    Paint edge() {
        return paint(edge);
    }

    Paint accent() {
        return paint(accent);
    }

    Paint accentSoft() {
        return paint(accentSoft);
    }

    Paint text() {
        return paint(text);
    }

    Paint muted() {
        return paint(muted);
    }

    private Region swatch(String name) {
        Region region = new Region();
        region.getStyleClass().add("graph-swatch-" + name);
        region.backgroundProperty().subscribe((_, _) -> changed.run());
        return region;
    }

    private static Paint paint(Region region) {
        Background background = region.getBackground();
        return background == null || background.getFills().isEmpty()
                ? Color.GRAY
                : background.getFills().getFirst().getFill();
    }
}
