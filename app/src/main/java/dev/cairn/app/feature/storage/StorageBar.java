// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.app.format.ByteSizes;
import dev.cairn.app.shell.component.Texts;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * One stacked bar of what the store's items are kept for, with a legend. Free disk space is in the legend only: beside
 * it most stores would be a hair.
 */
final class StorageBar extends VBox {
    private static final double HEIGHT = 32;
    private static final double MIN_VISIBLE = 3;

    private final Messages texts = Messages.of("storage");
    private final Segments bar = new Segments();
    private final FlowPane legend = new FlowPane(20, 8);

    StorageBar() {
        super(12);
        getStyleClass().add("storage-bar");
        getChildren().addAll(bar, legend);
    }

    void show(StorageSnapshot now) {
        List<Part> parts = List.of(
                new Part("inUse", now.inUseBytes()),
                new Part("generations", now.oldGenerationBytes()),
                new Part("roots", now.otherRootBytes()),
                new Part("unused", now.unusedBytes()));
        bar.show(parts);
        legend.getChildren().clear();
        for (Part part : parts) {
            legend.getChildren().add(legendEntry(part));
        }
        legend.getChildren().add(legendEntry(new Part("free", now.freeDiskBytes())));
    }

    private Node legendEntry(Part part) {
        Region square = new Region();
        square.getStyleClass().addAll("legend-square", "storage-" + part.key());
        Label name = Texts.label(texts.text("bar." + part.key()), "legend-name");
        Label size = Texts.label(ByteSizes.text(part.bytes()), "legend-size");
        name.setMinWidth(USE_PREF_SIZE);
        size.setMinWidth(USE_PREF_SIZE);
        HBox entry = new HBox(8, square, name, size);
        entry.setAlignment(Pos.CENTER_LEFT);
        return entry;
    }

    private record Part(String key, long bytes) {}

    /** Regions side by side, as wide as their share. */
    private final class Segments extends Pane {
        private List<Part> parts = List.of();

        Segments() {
            getStyleClass().add("storage-segments");
            setMinHeight(HEIGHT);
            setPrefHeight(HEIGHT);
            setMaxHeight(HEIGHT);
        }

        void show(List<Part> shown) {
            parts = shown.stream().filter(part -> part.bytes() > 0).toList();
            getChildren().clear();
            for (Part part : parts) {
                Region region = new Region();
                region.getStyleClass().add("storage-" + part.key());
                Tooltip.install(
                        region, new Tooltip(texts.text("bar." + part.key()) + ": " + ByteSizes.text(part.bytes())));
                getChildren().add(region);
            }
            requestLayout();
        }

        @Override
        protected void layoutChildren() {
            double total = parts.stream().mapToLong(Part::bytes).sum();
            double room = getWidth() - MIN_VISIBLE * parts.size();
            double x = 0;
            for (int i = 0; i < parts.size(); i++) {
                double width = MIN_VISIBLE + room * parts.get(i).bytes() / total;
                double end = Math.round(x + width);
                getChildren().get(i).resizeRelocate(Math.round(x), 0, end - Math.round(x), getHeight());
                x += width;
            }
        }
    }
}
