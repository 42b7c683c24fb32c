// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import static dev.cairn.app.feature.graph.GraphPicture.NODE_WIDTH;

import dev.cairn.app.shell.component.TextWidth;
import dev.cairn.ui.l10n.Messages;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;

/**
 * Draws a graph on one canvas of the size of the view: drag to move, scroll to zoom, click to choose, double-click to
 * put a node in the middle. Draws only when something changed.
 */
final class GraphCanvas extends Region {
    private static final double MIN_SCALE = 0.3;
    private static final double MAX_SCALE = 1.6;
    private static final double MARGIN = 24;
    private static final double PADDING = 10;
    private static final double LABEL_SCALE = 0.45;

    /** No picture is made smaller than this by itself: what does not fit then is reached by moving. */
    private static final double READABLE = 0.6;

    private final Messages texts = Messages.of("graph");
    private final GraphViewModel model;
    private final Canvas canvas = new Canvas();
    private final GraphPalette palette = new GraphPalette(this::draw);
    private double scale = 1;
    private double offsetX;
    private double offsetY;
    private boolean moved;
    private Point2D dragStart = Point2D.ZERO;
    private Optional<GraphPicture.Placed> hovered = Optional.empty();

    GraphCanvas(GraphViewModel model) {
        this.model = model;
        getStyleClass().add("graph-canvas");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(texts.text("title"));
        setFocusTraversable(true);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        getChildren().addAll(palette.swatches(), canvas);
        model.pictureProperty().subscribe(_ -> fit());
        model.chosenProperty().subscribe(_ -> draw());
        model.whyProperty().subscribe(_ -> draw());
        focusedProperty().subscribe(_ -> draw());
        setOnMousePressed(this::pressed);
        setOnMouseDragged(this::dragged);
        setOnMouseReleased(this::released);
        setOnMouseMoved(this::hover);
        setOnScroll(this::zoom);
    }

    /** Shows the whole picture where that is readable, else its focus in the middle. */
    void fit() {
        Optional<GraphPicture> picture = model.pictureProperty().get();
        if (picture.isEmpty() || getWidth() <= 0 || getHeight() <= 0) {
            return;
        }
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        for (GraphPicture.Placed placed : picture.get().nodes()) {
            left = Math.min(left, placed.x());
            top = Math.min(top, placed.y());
            right = Math.max(right, placed.x() + NODE_WIDTH);
            bottom = Math.max(bottom, placed.y() + picture.get().nodeHeight());
        }
        double room = Math.min(
                (getWidth() - 2 * MARGIN) / (right - left), (getHeight() - 2 * MARGIN) / (bottom - top));
        scale = Math.clamp(room, READABLE, 1);
        offsetX = getWidth() / 2 - scale * middle(left, right, getWidth());
        offsetY = getHeight() / 2 - scale * middle(top, bottom, getHeight());
        draw();
    }

    /** The middle of an extent that fits, else the focus, which is at the origin. */
    private double middle(double from, double to, double room) {
        return scale * (to - from) <= room ? (from + to) / 2 : 0;
    }

    @Override
    protected void layoutChildren() {
        boolean resized = canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight();
        palette.swatches().resizeRelocate(0, 0, 0, 0);
        if (resized) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            fit();
        }
    }

    private void draw() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        Optional<GraphPicture> picture = model.pictureProperty().get();
        if (picture.isEmpty()) {
            return;
        }
        g.save();
        g.translate(offsetX, offsetY);
        g.scale(scale, scale);
        Set<String> way = new HashSet<>();
        model.whyProperty().get().forEach(node -> way.add(node.id()));
        Optional<String> chosen = model.chosenProperty().get().map(GraphNode::id);
        for (GraphPicture.Edge edge : picture.get().edges()) {
            drawEdge(g, picture.get(), edge, chosen, way);
        }
        for (GraphPicture.Placed placed : picture.get().nodes()) {
            drawNode(g, picture.get(), placed, chosen, way);
        }
        g.restore();
        drawHidden(g, picture.get());
    }

    private void drawEdge(
            GraphicsContext g, GraphPicture picture, GraphPicture.Edge edge, Optional<String> chosen, Set<String> way) {
        GraphPicture.Placed from = picture.find(edge.from()).orElseThrow();
        GraphPicture.Placed to = picture.find(edge.to()).orElseThrow();
        boolean onWay = way.contains(edge.from()) && way.contains(edge.to());
        boolean touched = chosen.filter(id -> id.equals(edge.from()) || id.equals(edge.to())).isPresent();
        g.setStroke(onWay || touched ? palette.accent() : palette.edge());
        g.setLineWidth(onWay ? 2.5 : touched ? 1.8 : 1.2);
        double x1 = from.x() + NODE_WIDTH;
        double y1 = from.y() + picture.nodeHeight() / 2;
        double x2 = to.x();
        double y2 = to.y() + picture.nodeHeight() / 2;
        double bend = Math.max(24, Math.abs(x2 - x1) / 2);
        g.beginPath();
        g.moveTo(x1, y1);
        g.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
        g.stroke();
        g.setFill(g.getStroke());
        g.fillPolygon(new double[] {x2, x2 - 7, x2 - 7}, new double[] {y2, y2 - 4, y2 + 4}, 3);
    }

    private void drawNode(
            GraphicsContext g,
            GraphPicture picture,
            GraphPicture.Placed placed,
            Optional<String> chosen,
            Set<String> way) {
        boolean focus = picture.focus().equals(placed.node().id());
        double height = picture.nodeHeight();
        boolean isChosen = chosen.filter(placed.node().id()::equals).isPresent();
        boolean isHovered = hovered.filter(placed::equals).isPresent();
        g.setFill(focus ? palette.accentSoft() : isHovered ? palette.hover() : palette.node());
        g.fillRoundRect(placed.x(), placed.y(), NODE_WIDTH, height, 12, 12);
        boolean strong = isChosen || way.contains(placed.node().id());
        g.setStroke(strong ? palette.accent() : palette.border());
        g.setLineWidth(strong ? 2 : 1);
        g.strokeRoundRect(placed.x(), placed.y(), NODE_WIDTH, height, 12, 12);
        if (scale < LABEL_SCALE) {
            return;
        }
        String family = Font.getDefault().getFamily();
        g.setFill(palette.text());
        Font title = Font.font(family, focus ? FontWeight.BOLD : FontWeight.NORMAL, 13);
        g.setFont(title);
        double room = NODE_WIDTH - 2 * PADDING;
        g.fillText(clipped(placed.node().title(), title, room), placed.x() + PADDING, placed.y() + 18);
        g.setFill(palette.muted());
        Font detail = Font.font(family, 11);
        g.setFont(detail);
        if (height == GraphPicture.TWO_LINES) {
            g.fillText(clipped(placed.node().detail(), detail, room), placed.x() + PADDING, placed.y() + 34);
        } else {
            double used = Math.min(room, TextWidth.of(placed.node().title(), title)) + PADDING;
            if (used + TextWidth.of(placed.node().detail(), detail) <= room) {
                g.fillText(placed.node().detail(), placed.x() + PADDING + used, placed.y() + 18);
            }
        }
    }

    private void drawHidden(GraphicsContext g, GraphPicture picture) {
        g.setFill(palette.muted());
        g.setFont(Font.font(Font.getDefault().getFamily(), 12));
        double y = canvas.getHeight() - 12;
        if (picture.hiddenDependents() > 0) {
            g.fillText(texts.text("hidden.dependents", picture.hiddenDependents()), 12, y);
        }
        if (picture.hiddenDependencies() > 0) {
            String text = texts.text("hidden.dependencies", picture.hiddenDependencies());
            g.fillText(text, canvas.getWidth() - 12 - TextWidth.of(text, g.getFont()), y);
        }
    }

    private static String clipped(String text, Font font, double room) {
        if (TextWidth.of(text, font) <= room) {
            return text;
        }
        int end = text.length();
        while (end > 1 && TextWidth.of(text.substring(0, end) + "…", font) > room) {
            end--;
        }
        return text.substring(0, end) + "…";
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        dragStart = new Point2D(event.getX() - offsetX, event.getY() - offsetY);
        moved = false;
    }

    private void dragged(MouseEvent event) {
        double x = event.getX() - dragStart.getX();
        double y = event.getY() - dragStart.getY();
        if (!moved && Math.hypot(x - offsetX, y - offsetY) < 4) {
            return;
        }
        moved = true;
        offsetX = x;
        offsetY = y;
        draw();
    }

    private void released(MouseEvent event) {
        if (moved || event.getButton() != MouseButton.PRIMARY) {
            return;
        }
        at(event.getX(), event.getY()).ifPresent(placed -> {
            if (event.getClickCount() >= 2) {
                model.focus(placed.node());
            } else {
                model.choose(placed.node());
            }
        });
    }

    private void hover(MouseEvent event) {
        Optional<GraphPicture.Placed> now = at(event.getX(), event.getY());
        if (!now.equals(hovered)) {
            hovered = now;
            setCursor(now.isPresent() ? Cursor.HAND : Cursor.DEFAULT);
            draw();
        }
    }

    private void zoom(ScrollEvent event) {
        if (event.getDeltaY() == 0) {
            return;
        }
        double before = scale;
        scale = Math.clamp(scale * Math.exp(event.getDeltaY() / 400), MIN_SCALE, MAX_SCALE);
        offsetX = event.getX() - (event.getX() - offsetX) * scale / before;
        offsetY = event.getY() - (event.getY() - offsetY) * scale / before;
        draw();
        event.consume();
    }

    private Optional<GraphPicture.Placed> at(double x, double y) {
        return model.pictureProperty().get().flatMap(p -> p.at((x - offsetX) / scale, (y - offsetY) / scale));
    }
}
