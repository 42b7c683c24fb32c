// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import dev.cairn.app.shell.component.Swatches;
import javafx.scene.paint.Paint;

/** The colours of the graph's canvas. */
final class GraphPalette {
    private final Swatches swatches;

    /** @param changed called when a colour changed, with the theme for instance */
    GraphPalette(Runnable changed) {
        swatches = new Swatches(
                changed,
                "graph-swatch-node",
                "graph-swatch-hover",
                "graph-swatch-border",
                "graph-swatch-edge",
                "graph-swatch-accent",
                "graph-swatch-accent-soft",
                "graph-swatch-text",
                "graph-swatch-muted");
    }

    /** To be put beside the canvas. */
    Swatches swatches() {
        return swatches;
    }

    Paint node() {
        return swatches.paint("graph-swatch-node");
    }

    Paint hover() {
        return swatches.paint("graph-swatch-hover");
    }

    Paint border() {
        return swatches.paint("graph-swatch-border");
    }

    Paint edge() {
        return swatches.paint("graph-swatch-edge");
    }

    Paint accent() {
        return swatches.paint("graph-swatch-accent");
    }

    Paint accentSoft() {
        return swatches.paint("graph-swatch-accent-soft");
    }

    Paint text() {
        return swatches.paint("graph-swatch-text");
    }

    Paint muted() {
        return swatches.paint("graph-swatch-muted");
    }
}
