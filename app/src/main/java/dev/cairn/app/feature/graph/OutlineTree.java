// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import dev.cairn.ui.l10n.Messages;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.css.PseudoClass;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;

/** The same picture as a tree of rows, for the keyboard and for screen readers. Enter puts a node in the middle. */
final class OutlineTree extends TreeView<OutlineTree.Row> {
    private final Messages texts = Messages.of("graph");
    private final GraphViewModel model;

    /** A row: a node, or a heading without one. */
    record Row(String text, Optional<GraphNode> node) {}

    OutlineTree(GraphViewModel model) {
        this.model = model;
        setId("graph-outline-tree");
        getStyleClass().add("graph-outline");
        setAccessibleText(texts.text("outline"));
        setCellFactory(_ -> new RowCell());
        setShowRoot(true);
        model.pictureProperty().subscribe(picture -> setRoot(picture.map(this::root).orElse(null)));
        getSelectionModel().selectedItemProperty().subscribe(item -> {
            if (item != null) {
                item.getValue().node().ifPresent(model::choose);
            }
        });
        setOnKeyPressed(event -> {
            TreeItem<Row> item = getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER && item != null && item.getValue().node().isPresent()) {
                model.focus(item.getValue().node().get());
                event.consume();
            }
        });
    }

    private TreeItem<Row> root(GraphPicture picture) {
        TreeItem<Row> root = item(picture.find(picture.focus()).orElseThrow().node());
        TreeItem<Row> needs = new TreeItem<>(new Row(texts.text("outline.dependencies"), Optional.empty()));
        TreeItem<Row> neededBy = new TreeItem<>(new Row(texts.text("outline.dependents"), Optional.empty()));
        grow(needs, picture, picture.focus(), true, new HashSet<>(Set.of(picture.focus())));
        grow(neededBy, picture, picture.focus(), false, new HashSet<>(Set.of(picture.focus())));
        for (TreeItem<Row> side : List.of(needs, neededBy)) {
            if (!side.getChildren().isEmpty()) {
                side.setExpanded(true);
                root.getChildren().add(side);
            }
        }
        root.setExpanded(true);
        return root;
    }

    /** @param seen what was shown already: each node has its children once, which also ends cycles */
    private void grow(TreeItem<Row> parent, GraphPicture picture, String id, boolean forward, Set<String> seen) {
        picture.edges().stream()
                .filter(edge -> (forward ? edge.from() : edge.to()).equals(id))
                .map(edge -> forward ? edge.to() : edge.from())
                .map(other -> picture.find(other).orElseThrow().node())
                .sorted(Comparator.comparing(GraphNode::title))
                .forEach(node -> {
                    TreeItem<Row> child = item(node);
                    parent.getChildren().add(child);
                    if (seen.add(node.id())) {
                        grow(child, picture, node.id(), forward, seen);
                        child.setExpanded(true);
                    }
                });
    }

    private static TreeItem<Row> item(GraphNode node) {
        return new TreeItem<>(new Row(node.title() + "  " + node.detail(), Optional.of(node)));
    }

    private static final class RowCell extends TreeCell<Row> {
        @Override
        protected void updateItem(@Nullable Row row, boolean empty) {
            super.updateItem(row, empty);
            setText(empty || row == null ? null : row.text());
            pseudoClassStateChanged(
                    PseudoClass.getPseudoClass("heading"),
                    !empty && row != null && row.node().isEmpty());
        }
    }
}
