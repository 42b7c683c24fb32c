// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.graph;

import dev.cairn.error.CairnException;
import dev.cairn.graph.Digraph;
import dev.cairn.graph.TransitiveReduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Chooses and lays out what lies around one node of a graph: layers by longest way from the focus, order within a
 * layer by the mean position of neighbours, a few sweeps. Graphs with cycles are drawn too; what a cycle adds beyond
 * the chosen nodes stays finite because layers are bounded by their number.
 */
final class Neighbourhood {
    private static final int SWEEPS = 6;

    /** With more rows than this, boxes have one line instead of two. */
    private static final int CROWDED = 10;

    private static final double GAP = 14;
    private static final double SMALL_GAP = 8;

    private final GraphSource source;
    private final Map<String, List<String>> dependencies = new HashMap<>();
    private final Map<String, List<String>> dependents = new HashMap<>();

    private Neighbourhood(GraphSource source) {
        this.source = source;
    }

    /**
     * @param depth how far from the focus, at least 1
     * @param limit how many nodes at most, at least 1; the nearest win
     */
    static GraphPicture of(GraphSource source, String focus, int depth, int limit) throws CairnException {
        return new Neighbourhood(source).picture(focus, depth, limit);
    }

    private GraphPicture picture(String focus, int depth, int limit) throws CairnException {
        Map<String, Integer> right = distances(focus, depth, limit, true);
        Map<String, Integer> left = distances(focus, depth, limit, false);
        // A node in a cycle is on both sides; it is shown where it is nearer, right first.
        left.keySet().removeIf(id -> right.containsKey(id) && !id.equals(focus));
        List<String> rightIds = nearest(right, focus);
        List<String> leftIds = nearest(left, focus);
        int room = limit - 1;
        int rightRoom = Math.max(room / 2, room - leftIds.size());
        int rightShown = Math.min(rightIds.size(), rightRoom);
        int leftShown = Math.min(leftIds.size(), room - rightShown);

        List<String> ids = new ArrayList<>();
        ids.add(focus);
        ids.addAll(rightIds.subList(0, rightShown));
        ids.addAll(leftIds.subList(0, leftShown));
        Map<String, Integer> index = new HashMap<>();
        ids.forEach(id -> index.put(id, index.size()));
        int[][] edges = edges(ids, index);
        int[] columns = columns(ids.size(), rightShown, edges);
        double[] rows = rows(ids, columns, edges);

        boolean crowded = Arrays.stream(rows).max().orElse(0) > CROWDED / 2.0;
        double height = crowded ? GraphPicture.ONE_LINE : GraphPicture.TWO_LINES;
        double distance = height + (crowded ? SMALL_GAP : GAP);
        List<GraphPicture.Placed> placed = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            double x = columns[i] * (GraphPicture.NODE_WIDTH + GraphPicture.COLUMN_GAP) - GraphPicture.NODE_WIDTH / 2;
            double y = rows[i] * distance - height / 2;
            placed.add(new GraphPicture.Placed(
                    source.node(id), columns[i], x, y, dependencies(id).size(), dependents(id).size()));
        }
        List<GraphPicture.Edge> lines = new ArrayList<>();
        Digraph.Builder chosen = Digraph.builder(ids.size());
        for (int[] edge : edges) {
            chosen.edge(edge[0], edge[1]);
        }
        Digraph reduced = TransitiveReduction.of(chosen.build());
        for (int i = 0; i < ids.size(); i++) {
            for (int target : reduced.targets(i)) {
                lines.add(new GraphPicture.Edge(ids.get(i), ids.get(target)));
            }
        }
        return new GraphPicture(
                focus, placed, lines, height, leftIds.size() - leftShown, rightIds.size() - rightShown);
    }

    /** What is near enough, a step further only while there is room for what that finds. */
    private Map<String, Integer> distances(String focus, int depth, int limit, boolean forward)
            throws CairnException {
        Map<String, Integer> found = new LinkedHashMap<>();
        found.put(focus, 0);
        List<String> frontier = List.of(focus);
        for (int distance = 1; distance <= depth && found.size() <= limit && !frontier.isEmpty(); distance++) {
            List<String> next = new ArrayList<>();
            for (String id : frontier) {
                for (String other : forward ? dependencies(id) : dependents(id)) {
                    if (found.putIfAbsent(other, distance) == null) {
                        next.add(other);
                    }
                }
            }
            frontier = next;
        }
        return found;
    }

    private static List<String> nearest(Map<String, Integer> distances, String focus) {
        return distances.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(focus))
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    private int[][] edges(List<String> ids, Map<String, Integer> index) throws CairnException {
        List<int[]> edges = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            for (String target : dependencies(ids.get(i))) {
                Integer j = index.get(target);
                if (j != null && j != i) {
                    edges.add(new int[] {i, j});
                }
            }
        }
        return edges.toArray(int[][]::new);
    }

    /** Longest ways from the focus, to the right over dependencies, to the left over dependents. */
    private static int[] columns(int size, int rightShown, int[][] edges) {
        int[] columns = new int[size];
        for (int i = 1; i < size; i++) {
            columns[i] = i <= rightShown ? 1 : -1;
        }
        for (int round = 0; round < size; round++) {
            boolean changed = false;
            for (int[] edge : edges) {
                int from = edge[0];
                int to = edge[1];
                boolean toIsRight = to >= 1 && to <= rightShown;
                boolean fromIsLeft = from > rightShown;
                boolean fromIsRightOrFocus = from <= rightShown;
                if (toIsRight && fromIsRightOrFocus && columns[to] <= columns[from] && columns[from] + 1 < size) {
                    columns[to] = columns[from] + 1;
                    changed = true;
                }
                boolean toIsLeftOrFocus = to == 0 || to > rightShown;
                if (fromIsLeft && toIsLeftOrFocus && columns[from] >= columns[to] && -columns[to] + 1 < size) {
                    columns[from] = columns[to] - 1;
                    changed = true;
                }
            }
            if (!changed) {
                break;
            }
        }
        return columns;
    }

    /** Vertical positions in units of rows, every column centred around 0. */
    private static double[] rows(List<String> ids, int[] columns, int[][] edges) {
        Map<Integer, List<Integer>> byColumn = new TreeMap<>();
        for (int i = 0; i < columns.length; i++) {
            byColumn.computeIfAbsent(columns[i], _ -> new ArrayList<>()).add(i);
        }
        double[] rows = new double[columns.length];
        byColumn.values().forEach(column -> {
            column.sort(Comparator.comparing(ids::get));
            place(column, rows);
        });
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double[] sums = new double[columns.length];
            int[] counts = new int[columns.length];
            for (int[] edge : edges) {
                sums[edge[0]] += rows[edge[1]];
                counts[edge[0]]++;
                sums[edge[1]] += rows[edge[0]];
                counts[edge[1]]++;
            }
            double[] wanted = new double[columns.length];
            Arrays.setAll(wanted, i -> counts[i] == 0 ? rows[i] : sums[i] / counts[i]);
            byColumn.values().forEach(column -> {
                column.sort(Comparator.<Integer>comparingDouble(i -> wanted[i]).thenComparing(ids::get));
                place(column, rows);
            });
        }
        return rows;
    }

    private static void place(List<Integer> column, double[] rows) {
        double first = -(column.size() - 1) / 2.0;
        for (int k = 0; k < column.size(); k++) {
            rows[column.get(k)] = first + k;
        }
    }

    private List<String> dependencies(String id) throws CairnException {
        List<String> known = dependencies.get(id);
        if (known == null) {
            known = source.dependencies(id);
            dependencies.put(id, known);
        }
        return known;
    }

    private List<String> dependents(String id) throws CairnException {
        List<String> known = dependents.get(id);
        if (known == null) {
            known = source.dependents(id);
            dependents.put(id, known);
        }
        return known;
    }
}
