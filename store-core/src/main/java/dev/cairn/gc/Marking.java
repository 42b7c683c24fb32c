// SPDX-License-Identifier: Apache-2.0
package dev.cairn.gc;

import dev.cairn.daemon.StoreGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Which items are live (formats, section 9.4): the roots, what live items refer to, the derivations that live items
 * were made by, and, where asked for, the outputs of live derivations. Breadth first, so that for every live item a
 * shortest chain from a root is known. Linear in the number of references.
 */
final class Marking {
    private static final int DEAD = -2;
    private static final int ROOT = -1;

    private final StoreGraph graph;

    /** For each item the one through which it was reached, {@link #ROOT} or {@link #DEAD}. */
    private final int[] via;

    private final int[] queue;
    private int queued;

    /** Whether {@link #outputEdges} are needed for a graph. */
    static boolean needsOutputs(StoreGraph graph, Keeping keeping) {
        return keeping.outputs()
                || keeping.derivations() && Arrays.stream(graph.derivers()).anyMatch(deriver -> deriver >= 0);
    }

    /**
     * Marks.
     *
     * @param roots numbers of items; where several are equally near to an item, the first counts
     * @param outputEdges pairs of a derivation and a valid output of it
     */
    Marking(StoreGraph graph, int[] roots, int[] outputEdges, Keeping keeping) {
        this.graph = graph;
        int size = graph.paths().size();
        via = new int[size];
        queue = new int[size];
        Arrays.fill(via, DEAD);
        for (int root : roots) {
            reach(root, ROOT);
        }
        int[] derivers = keeping.derivations() ? derivers(graph, outputEdges) : new int[0];
        Edges outputs = keeping.outputs() ? Edges.of(size, outputEdges) : Edges.NONE;
        for (int next = 0; next < queued; next++) {
            int item = queue[next];
            for (int i = graph.offsets()[item]; i < graph.offsets()[item + 1]; i++) {
                reach(graph.targets()[i], item);
            }
            if (keeping.derivations() && derivers[item] >= 0) {
                reach(derivers[item], item);
            }
            for (int i = outputs.start(item); i < outputs.end(item); i++) {
                reach(outputs.targets()[i], item);
            }
        }
    }

    /** The registered derivers, where they are derivations that have the item as an output. */
    private static int[] derivers(StoreGraph graph, int[] outputEdges) {
        int[] derivers = new int[graph.paths().size()];
        Arrays.fill(derivers, DEAD);
        for (int i = 0; i < outputEdges.length; i += 2) {
            if (graph.derivers()[outputEdges[i + 1]] == outputEdges[i]) {
                derivers[outputEdges[i + 1]] = outputEdges[i];
            }
        }
        return derivers;
    }

    private void reach(int item, int from) {
        if (via[item] == DEAD) {
            via[item] = from;
            queue[queued++] = item;
        }
    }

    boolean isLive(int item) {
        return via[item] != DEAD;
    }

    /** Number of live items. */
    int liveCount() {
        return queued;
    }

    /** The numbers from a root to a live item, both included. */
    List<Integer> chain(int item) {
        List<Integer> chain = new ArrayList<>();
        for (int at = item; at != ROOT; at = via[at]) {
            chain.add(at);
        }
        Collections.reverse(chain);
        return chain;
    }
}
