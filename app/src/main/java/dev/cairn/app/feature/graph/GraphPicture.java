// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import java.util.List;
import java.util.Optional;

/**
 * A part of a graph, laid out: dependents to the left of the focus, dependencies to the right.
 *
 * @param focus identifier of the node in the middle
 * @param nodes the focus first
 * @param edges without those that follow from longer ways
 * @param nodeHeight of every box: {@link #TWO_LINES} or {@link #ONE_LINE}
 * @param hiddenDependents dependents within the depth that found no room
 * @param hiddenDependencies dependencies within the depth that found no room
 */
public record GraphPicture(
        String focus,
        List<Placed> nodes,
        List<Edge> edges,
        double nodeHeight,
        int hiddenDependents,
        int hiddenDependencies) {
    /** Width of a node's box; columns are this far apart, and a gap. */
    public static final double NODE_WIDTH = 176;

    public static final double COLUMN_GAP = 72;

    /** Height of a box with two lines, and of one with a single line where there are many. */
    public static final double TWO_LINES = 44;

    public static final double ONE_LINE = 28;

    public GraphPicture {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /**
     * A node and where it is.
     *
     * @param column 0 for the focus, negative for dependents, positive for dependencies
     * @param x left edge of its box; the focus is centred at the origin
     * @param y upper edge of its box
     * @param dependencies number of all its direct dependencies, shown or not
     * @param dependents number of all its direct dependents, shown or not
     */
    public record Placed(GraphNode node, int column, double x, double y, int dependencies, int dependents) {}

    /** {@code from} needs {@code to}. */
    public record Edge(String from, String to) {}

    /** The node with an identifier, if it is in the picture. */
    public Optional<Placed> find(String id) {
        return nodes.stream().filter(placed -> placed.node().id().equals(id)).findFirst();
    }

    /** The node at a point, if there is one. */
    public Optional<Placed> at(double x, double y) {
        return nodes.stream()
                .filter(placed -> x >= placed.x() && x <= placed.x() + NODE_WIDTH)
                .filter(placed -> y >= placed.y() && y <= placed.y() + nodeHeight)
                .findFirst();
    }
}
