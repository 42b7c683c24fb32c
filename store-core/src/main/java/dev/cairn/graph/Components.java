// SPDX-License-Identifier: Apache-2.0
package dev.cairn.graph;

import java.util.Arrays;

/**
 * The strongly connected components of a graph: two nodes are in the same one when each can be reached from the other.
 * Components are numbered so that edges between different ones lead from higher to lower numbers.
 */
public final class Components {
    private final int[] componentOf;
    private final int count;

    private Components(int[] componentOf, int count) {
        this.componentOf = componentOf;
        this.count = count;
    }

    /** Finds them by Tarjan's algorithm. */
    public static Components of(Digraph graph) {
        return new Search(graph).run();
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** The component that {@code node} is in. */
    public int of(int node) {
        return componentOf[node];
    }

    /** How many nodes each component has. */
    public int[] sizes() {
        int[] sizes = new int[count];
        for (int component : componentOf) {
            sizes[component]++;
        }
        return sizes;
    }

    /** The nodes by ascending component; nodes of a component by ascending number. */
    public int[] nodes() {
        int[] next = new int[count + 1];
        for (int component : componentOf) {
            next[component + 1]++;
        }
        for (int i = 0; i < count; i++) {
            next[i + 1] += next[i];
        }
        int[] nodes = new int[componentOf.length];
        for (int node = 0; node < nodes.length; node++) {
            nodes[next[componentOf[node]]++] = node;
        }
        return nodes;
    }

    private static final class Search {
        private final Digraph graph;
        private final int[] order;
        private final int[] low;
        private final int[] component;
        private final int[] open;
        private final int[] path;
        private final int[] edge;
        private int visited;
        private int opened;
        private int components;

        Search(Digraph graph) {
            this.graph = graph;
            int size = graph.size();
            order = new int[size];
            low = new int[size];
            component = new int[size];
            open = new int[size];
            path = new int[size];
            edge = new int[size];
            Arrays.fill(component, -1);
        }

        Components run() {
            for (int node = 0; node < graph.size(); node++) {
                if (order[node] == 0) {
                    explore(node);
                }
            }
            return new Components(component, components);
        }

        private void explore(int root) {
            int depth = 0;
            path[0] = root;
            enter(root);
            while (depth >= 0) {
                int node = path[depth];
                if (edge[node] < graph.end(node)) {
                    int target = graph.target(edge[node]++);
                    if (order[target] == 0) {
                        path[++depth] = target;
                        enter(target);
                    } else if (component[target] < 0) {
                        low[node] = Math.min(low[node], order[target]);
                    }
                } else {
                    leave(node);
                    depth--;
                    if (depth >= 0) {
                        low[path[depth]] = Math.min(low[path[depth]], low[node]);
                    }
                }
            }
        }

        private void enter(int node) {
            order[node] = ++visited;
            low[node] = visited;
            open[opened++] = node;
            edge[node] = graph.start(node);
        }

        private void leave(int node) {
            if (low[node] == order[node]) {
                int member;
                do {
                    member = open[--opened];
                    component[member] = components;
                } while (member != node);
                components++;
            }
        }
    }
}
