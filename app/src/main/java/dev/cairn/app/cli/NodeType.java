// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import java.util.List;
import java.util.Optional;

/**
 * What the nodes and edges of a graph are.
 *
 * @param <N> a node, with a sensible {@code equals}
 */
interface NodeType<N> {
    /** The names of all of them. */
    List<String> NAMES = List.of("package", "reverse-package", "derivation", "references", "referrers");

    /** The type with one of {@link #NAMES}. */
    static Optional<NodeType<?>> of(String name, Workspace workspace) {
        return switch (name) {
            case "package" -> Optional.of(new PackageNodes(workspace, PackageNodes.Direction.INPUTS));
            case "reverse-package" -> Optional.of(new PackageNodes(workspace, PackageNodes.Direction.DEPENDENTS));
            case "derivation" -> Optional.of(new ItemNodes(workspace, ItemNodes.Edges.DERIVATION));
            case "references" -> Optional.of(new ItemNodes(workspace, ItemNodes.Edges.REFERENCES));
            case "referrers" -> Optional.of(new ItemNodes(workspace, ItemNodes.Edges.REFERRERS));
            default -> Optional.empty();
        };
    }

    /** The nodes that an argument of the command means. */
    List<N> named(String argument) throws CairnException;

    /** The nodes that one leads to, in order, each once. */
    List<N> edges(N node) throws CairnException;

    String id(N node);

    /** What stands in the box. */
    String label(N node);

    /** What tells the node apart in a list. */
    String fullLabel(N node);
}
