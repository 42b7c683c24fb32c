// SPDX-License-Identifier: Apache-2.0
package dev.cairn.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Places for the nodes of a graph, for drawing: in layers, edges leading from lower to higher ones (those of circles
 * excepted), the nodes of a layer side by side so that few edges cross. Pure numbers: the distance of neighbours and of
 * layers is 1. The same graph always gives the same picture.
 *
 * @param layers for each node the number of its layer, from 0: that of the longest way that leads to it
 * @param x for each node its place in the layer; neighbours are at least 1 apart, the smallest of all is 0
 * @param nodesOfLayer for each layer its nodes by ascending place
 */
public record LayeredLayout(int[] layers, double[] x, List<int[]> nodesOfLayer) {
    private static final int SWEEPS = 8;

    /** Lays {@code graph} out. Time grows with edges times a constant; thousands of nodes are fine. */
    public static LayeredLayout of(Digraph graph) {
        Digraph reverse = graph.reverse();
        int[] layers = longestPaths(graph);
        List<int[]> nodesOfLayer = group(layers);
        double[] x = new double[graph.size()];
        nodesOfLayer.forEach(layer -> spread(layer, x));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (int i = 0; i < nodesOfLayer.size(); i++) {
                int[] layer = nodesOfLayer.get(down ? i : nodesOfLayer.size() - 1 - i);
                arrange(layer, down ? reverse : graph, layers, x);
            }
        }
        double least = Arrays.stream(x).min().orElse(0);
        for (int node = 0; node < x.length; node++) {
            x[node] -= least;
        }
        return new LayeredLayout(layers, x, nodesOfLayer);
    }

    /** How many layers there are. */
    public int depth() {
        return nodesOfLayer.size();
    }

    /** The greatest place of all. */
    public double width() {
        return Arrays.stream(x).max().orElse(0);
    }

    private static int[] longestPaths(Digraph graph) {
        Components components = Components.of(graph);
        int[] nodes = components.nodes();
        int[] layerOfComponent = new int[components.count()];
        for (int i = nodes.length - 1; i >= 0; i--) {
            int from = components.of(nodes[i]);
            for (int edge = graph.start(nodes[i]); edge < graph.end(nodes[i]); edge++) {
                int to = components.of(graph.target(edge));
                if (from != to) {
                    layerOfComponent[to] = Math.max(layerOfComponent[to], layerOfComponent[from] + 1);
                }
            }
        }
        int[] layers = new int[graph.size()];
        Arrays.setAll(layers, node -> layerOfComponent[components.of(node)]);
        return layers;
    }

    private static List<int[]> group(int[] layers) {
        int[] counts = new int[Arrays.stream(layers).max().orElse(-1) + 1];
        for (int layer : layers) {
            counts[layer]++;
        }
        List<int[]> groups = new ArrayList<>();
        for (int count : counts) {
            groups.add(new int[count]);
        }
        for (int node = layers.length - 1; node >= 0; node--) {
            groups.get(layers[node])[--counts[layers[node]]] = node;
        }
        return groups;
    }

    private static void spread(int[] layer, double[] x) {
        for (int i = 0; i < layer.length; i++) {
            x[layer[i]] = i - (layer.length - 1) / 2.0;
        }
    }

    /** Sorts a layer by where its neighbours in other layers are, and places it as near to them as distances allow. */
    private static void arrange(int[] layer, Digraph neighbours, int[] layers, double[] x) {
        double[] wanted = new double[layer.length];
        Integer[] order = new Integer[layer.length];
        for (int i = 0; i < layer.length; i++) {
            wanted[i] = barycentre(layer[i], neighbours, layers, x);
            order[i] = i;
        }
        Arrays.sort(order, Comparator.comparingDouble(i -> wanted[i]));
        int[] nodes = layer.clone();
        double[] ideal = new double[layer.length];
        for (int i = 0; i < layer.length; i++) {
            layer[i] = nodes[order[i]];
            ideal[i] = wanted[order[i]];
        }
        place(layer, ideal, x);
    }

    private static double barycentre(int node, Digraph neighbours, int[] layers, double[] x) {
        double sum = 0;
        int count = 0;
        for (int edge = neighbours.start(node); edge < neighbours.end(node); edge++) {
            int other = neighbours.target(edge);
            if (layers[other] != layers[node]) {
                sum += x[other];
                count++;
            }
        }
        return count == 0 ? x[node] : sum / count;
    }

    /**
     * Places nodes in the given order at least 1 apart with the least sum of squared distances from the ideal places:
     * isotonic regression by pooling adjacent violators of {@code ideal - index}.
     */
    private static void place(int[] layer, double[] ideal, double[] x) {
        double[] sums = new double[layer.length];
        int[] counts = new int[layer.length];
        int blocks = 0;
        for (int i = 0; i < layer.length; i++) {
            sums[blocks] = ideal[i] - i;
            counts[blocks] = 1;
            blocks++;
            while (blocks > 1 && sums[blocks - 2] / counts[blocks - 2] >= sums[blocks - 1] / counts[blocks - 1]) {
                sums[blocks - 2] += sums[blocks - 1];
                counts[blocks - 2] += counts[blocks - 1];
                blocks--;
            }
        }
        int i = 0;
        for (int block = 0; block < blocks; block++) {
            double base = sums[block] / counts[block];
            for (int end = i + counts[block]; i < end; i++) {
                x[layer[i]] = base + i;
            }
        }
    }
}
