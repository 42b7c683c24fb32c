// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import dev.cairn.error.CairnException;
import java.util.List;

/** A graph that is looked into from one node at a time. Calls may query files; never make them on the FX thread. */
public interface GraphSource {
    GraphNode node(String id) throws CairnException;

    /** What {@code id} needs directly, in a stable order. */
    List<String> dependencies(String id) throws CairnException;

    /** What needs {@code id} directly, in a stable order. */
    List<String> dependents(String id) throws CairnException;
}
