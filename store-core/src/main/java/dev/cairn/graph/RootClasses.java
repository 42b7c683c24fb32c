// SPDX-License-Identifier: Apache-2.0
package dev.cairn.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides the nodes of a graph by which roots reach them. That answers at once what would go if any set of roots went:
 * the nodes all of whose roots are in the set.
 *
 * <p>Roots are numbered in the order they are given. Immutable.
 */
public final class RootClasses {
    private final int[] classOf;
    private final List<RootClass> classes;

    private RootClasses(int[] classOf, List<RootClass> classes) {
        this.classOf = classOf;
        this.classes = List.copyOf(classes);
    }

    /**
     * The nodes that exactly these roots reach.
     *
     * @param roots by number; not to be changed
     * @param nodes how many nodes
     * @param size the sum of their sizes
     */
    public record RootClass(BitSet roots, int nodes, long size) {}

    /**
     * What goes with some roots.
     *
     * @param nodes how many nodes
     * @param size the sum of their sizes
     */
    public record Freed(int nodes, long size) {}

    /**
     * Divides the nodes of {@code graph}.
     *
     * @param roots the node that each root holds; roots may hold the same one
     * @param sizes of the nodes
     */
    public static RootClasses of(Digraph graph, int[] roots, long[] sizes) {
        Components components = Components.of(graph);
        int words = roots.length + 63 >>> 6;
        long[][] sets = new long[components.count()][words];
        for (int root = 0; root < roots.length; root++) {
            sets[components.of(roots[root])][root >>> 6] |= 1L << root;
        }
        int[] nodes = components.nodes();
        // Edges lead to lower components, so going down every component is complete before it is passed on.
        for (int i = nodes.length - 1; i >= 0; i--) {
            int component = components.of(nodes[i]);
            for (int edge = graph.start(nodes[i]); edge < graph.end(nodes[i]); edge++) {
                int target = components.of(graph.target(edge));
                if (target != component) {
                    long[] set = sets[target];
                    for (int word = 0; word < words; word++) {
                        set[word] |= sets[component][word];
                    }
                }
            }
        }
        return group(graph.size(), components, sets, sizes);
    }

    private static RootClasses group(int size, Components components, long[][] sets, long[] sizes) {
        Map<BitSet, Integer> numbers = new HashMap<>();
        List<BitSet> roots = new ArrayList<>();
        int[] classOfComponent = new int[sets.length];
        for (int component = 0; component < sets.length; component++) {
            BitSet set = BitSet.valueOf(sets[component]);
            classOfComponent[component] = numbers.computeIfAbsent(set, _ -> {
                roots.add(set);
                return roots.size() - 1;
            });
        }
        int[] classOf = new int[size];
        int[] counts = new int[roots.size()];
        long[] sums = new long[roots.size()];
        for (int node = 0; node < size; node++) {
            classOf[node] = classOfComponent[components.of(node)];
            counts[classOf[node]]++;
            sums[classOf[node]] += sizes[node];
        }
        List<RootClass> classes = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            classes.add(new RootClass(roots.get(i), counts[i], sums[i]));
        }
        return new RootClasses(classOf, classes);
    }

    /** All classes, in no particular order; that of the nodes no root reaches among them, if there are such nodes. */
    public List<RootClass> classes() {
        return classes;
    }

    /** The roots that reach {@code node}; not to be changed. */
    public BitSet rootsOf(int node) {
        return classes.get(classOf[node]).roots();
    }

    /** What no root reaches. */
    public Freed dead() {
        return sum(new BitSet(), true);
    }

    /** What would go if these roots went; what no root reaches to begin with is not counted. */
    public Freed without(BitSet roots) {
        return sum(roots, false);
    }

    /** The nodes that {@link #without} counts. */
    public BitSet nodesWithout(BitSet roots) {
        boolean[] goes = new boolean[classes.size()];
        for (int i = 0; i < goes.length; i++) {
            BitSet held = classes.get(i).roots();
            goes[i] = !held.isEmpty() && isSubset(held, roots);
        }
        BitSet nodes = new BitSet(classOf.length);
        for (int node = 0; node < classOf.length; node++) {
            nodes.set(node, goes[classOf[node]]);
        }
        return nodes;
    }

    private Freed sum(BitSet roots, boolean dead) {
        int nodes = 0;
        long size = 0;
        for (RootClass rootClass : classes) {
            if (rootClass.roots().isEmpty() == dead && isSubset(rootClass.roots(), roots)) {
                nodes += rootClass.nodes();
                size += rootClass.size();
            }
        }
        return new Freed(nodes, size);
    }

    private static boolean isSubset(BitSet part, BitSet whole) {
        BitSet rest = (BitSet) part.clone();
        rest.andNot(whole);
        return rest.isEmpty();
    }
}
