// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import dev.cairn.app.format.ByteSizes;
import dev.cairn.app.shell.component.Swatches;
import dev.cairn.app.shell.component.TextWidth;
import dev.cairn.ui.l10n.Messages;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;

/**
 * The map of the store on one canvas: areas are sizes, colours what keeps the items. The mouse or the arrow keys choose
 * a cell. Draws only when something changed.
 */
final class StorageCanvas extends Region {
    private static final Messages TEXTS = Messages.of("storage");
    private static final double PADDING = 6;
    private static final double LINE = 15;

    /** How much of the page's colour is mixed into that of the keeper, so that a whole map of it stays calm. */
    private static final double CALM = 0.55;

    private static final double HOVERED = 0.3;
    private static final double NARROWEST_LABEL = 24;

    private final ItemsViewModel model;
    private final Canvas canvas = new Canvas();
    private final Swatches swatches;
    private final ReadOnlyObjectWrapper<Optional<StorageMap.Cell>> hovered =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private StoragePicture picture = StoragePicture.NOTHING;

    StorageCanvas(ItemsViewModel model) {
        this.model = model;
        getStyleClass().add("storage-map");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(TEXTS.text("map.title"));
        setFocusTraversable(true);
        setMinSize(0, 0);
        swatches = new Swatches(
                this::draw,
                "storage-inUse",
                "storage-generations",
                "storage-roots",
                "storage-unused",
                "map-page",
                "map-text",
                "map-muted",
                "map-accent");
        getChildren().addAll(swatches, canvas);
        model.snapshotProperty().subscribe(_ -> arrange());
        model.goingProperty().subscribe(_ -> draw());
        model.chosenProperty().subscribe(this::chosen);
        focusedProperty().subscribe(_ -> draw());
        setOnMousePressed(this::pressed);
        setOnMouseMoved(event -> hover(picture.at(event.getX(), event.getY())));
        setOnMouseExited(_ -> hover(Optional.empty()));
        setOnKeyPressed(this::key);
    }

    /** What the mouse is over. */
    ReadOnlyObjectProperty<Optional<StorageMap.Cell>> hoveredProperty() {
        return hovered.getReadOnlyProperty();
    }

    @Override
    protected void layoutChildren() {
        swatches.resizeRelocate(0, 0, 0, 0);
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            arrange();
        }
    }

    private void arrange() {
        picture = model.snapshotProperty()
                .get()
                .map(now -> StoragePicture.of(now.map(), canvas.getWidth(), canvas.getHeight()))
                .orElse(StoragePicture.NOTHING);
        hovered.set(Optional.empty());
        draw();
    }

    private void chosen(Optional<StorageMap.Cell> cell) {
        setAccessibleText(cell.map(model::describe)
                .map(said -> said.title() + ", " + said.detail())
                .orElse(TEXTS.text("map.title")));
        draw();
    }

    private void draw() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        for (StoragePicture.Frame frame : picture.frames()) {
            drawFrame(g, frame);
        }
        for (StoragePicture.Placed placed : picture.cells()) {
            drawCell(g, placed);
        }
        model.chosenProperty().get().flatMap(picture::find).ifPresent(placed -> {
            Area area = placed.area();
            g.setStroke(isFocused() ? swatches.paint("map-accent") : swatches.paint("map-text"));
            g.setLineWidth(2);
            g.strokeRect(area.x() + 1, area.y() + 1, Math.max(1, area.width() - 3), Math.max(1, area.height() - 3));
        });
    }

    private void drawFrame(GraphicsContext g, StoragePicture.Frame frame) {
        if (!frame.headed()) {
            return;
        }
        Area area = frame.area();
        String name = TEXTS.text("bar." + frame.group().keeper().key());
        Font font = font(12, FontWeight.BOLD);
        g.setFont(font);
        g.setFill(swatches.paint("storage-" + frame.group().keeper().key()));
        g.fillRoundRect(area.x(), area.y() + 5, 9, 9, 3, 3);
        double room = area.width() - LINE;
        if (TextWidth.of(name, font) > room) {
            name = TEXTS.text("map." + frame.group().keeper().key());
        }
        double width = TextWidth.of(name, font);
        if (width > room) {
            return;
        }
        g.setFill(swatches.paint("map-text"));
        g.fillText(name, area.x() + LINE, area.y() + 14);
        String size = ByteSizes.text(frame.group().bytes());
        Font plain = font(12, FontWeight.NORMAL);
        if (width + PADDING + TextWidth.of(size, plain) <= room) {
            g.setFont(plain);
            g.setFill(swatches.paint("map-muted"));
            g.fillText(size, area.x() + LINE + width + PADDING, area.y() + 14);
        }
    }

    private void drawCell(GraphicsContext g, StoragePicture.Placed placed) {
        Area area = placed.area();
        boolean isHovered = hovered.get().filter(placed.cell()::equals).isPresent();
        Color fill = colour(placed.cell(), isHovered ? HOVERED : CALM);
        // A hair of the page stays between cells, of the tiniest not more than half.
        double width = Math.max(area.width() - 1, area.width() / 2);
        double height = Math.max(area.height() - 1, area.height() / 2);
        g.setFill(fill);
        g.fillRect(area.x(), area.y(), width, height);
        if (model.goes(placed.cell())) {
            g.setStroke(swatches.paint("storage-generations"));
            g.setLineWidth(1);
            g.setLineDashes(3, 3);
            g.strokeRect(area.x() + 1, area.y() + 1, Math.max(0, width - 2), Math.max(0, height - 2));
            g.setLineDashes();
        }
        label(g, placed.cell(), area);
    }

    /** What becomes unused with what is marked has that colour already. */
    private Color colour(StorageMap.Cell cell, double calm) {
        Keeper keeper = model.goes(cell) ? Keeper.UNUSED : cell.keeper();
        return colour("storage-" + keeper.key()).interpolate(colour("map-page"), calm);
    }

    private Color colour(String swatch) {
        Paint paint = swatches.paint(swatch);
        return paint instanceof Color colour ? colour : Color.GRAY;
    }

    /** A name stands where it fits as a whole, else the cell is blank: resting the mouse on it tells. */
    private void label(GraphicsContext g, StorageMap.Cell cell, Area area) {
        double room = area.width() - 2 * PADDING;
        int lines = (int) ((area.height() - PADDING) / LINE);
        if (room < NARROWEST_LABEL || lines == 0) {
            return;
        }
        Font font = font(11, FontWeight.NORMAL);
        String name = cell.item()
                .map(item -> item.path().name())
                .orElseGet(() -> TEXTS.text("item.others", cell.count()));
        List<String> said = BrokenText.of(name, room, text -> TextWidth.of(text, font));
        if (said.isEmpty() || said.size() > lines) {
            return;
        }
        g.setFont(font);
        g.setFill(swatches.paint("map-text"));
        double y = area.y();
        for (String line : said) {
            y += LINE;
            g.fillText(line, area.x() + PADDING, y);
        }
        String size = ByteSizes.text(cell.bytes());
        if (said.size() < lines && TextWidth.of(size, font) <= room) {
            g.fillText(size, area.x() + PADDING, y + LINE);
        }
    }

    private static Font font(double size, FontWeight weight) {
        return Font.font(Font.getDefault().getFamily(), weight, size);
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        picture.at(event.getX(), event.getY()).ifPresent(placed -> model.choose(placed.cell()));
    }

    private void hover(Optional<StoragePicture.Placed> now) {
        Optional<StorageMap.Cell> cell = now.map(StoragePicture.Placed::cell);
        if (!cell.equals(hovered.get())) {
            hovered.set(cell);
            draw();
        }
    }

    private void key(KeyEvent event) {
        Optional<StoragePicture.Placed> from = model.chosenProperty().get().flatMap(picture::find);
        Optional<StoragePicture.Placed> first = picture.cells().stream().findFirst();
        Optional<StoragePicture.Placed> to =
                switch (event.getCode()) {
                    case LEFT -> from.flatMap(placed -> picture.beside(placed, -1, 0)).or(() -> from).or(() -> first);
                    case RIGHT -> from.flatMap(placed -> picture.beside(placed, 1, 0)).or(() -> from).or(() -> first);
                    case UP -> from.flatMap(placed -> picture.beside(placed, 0, -1)).or(() -> from).or(() -> first);
                    case DOWN -> from.flatMap(placed -> picture.beside(placed, 0, 1)).or(() -> from).or(() -> first);
                    case HOME -> first;
                    default -> Optional.empty();
                };
        to.ifPresent(placed -> {
            model.choose(placed.cell());
            event.consume();
        });
    }
}
