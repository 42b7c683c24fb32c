// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.path.SortedPaths;
import dev.cairn.path.StorePath;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Reads items and all that they refer to. Follows numbers rather than names, so that the name of an item is read once
 * and not with each of its referrers. Used once, inside the caller's transaction.
 */
final class ClosureReader {
    private final PathRows rows;
    private final Statements statements;
    private final Map<Long, KnownItems.Item> known;

    /** Every item's place among {@link #items}, by its number in the database. */
    private final LongIndex index = new LongIndex();

    private final List<Read> items = new ArrayList<>();

    /**
     * An item that was reached.
     *
     * @param info without references, unless it was known before
     * @param references the numbers of the items it refers to
     */
    private record Read(long id, PathInfo info, long[] references, boolean known) {}

    ClosureReader(PathRows rows, Statements statements, KnownItems known) {
        this.rows = rows;
        this.statements = statements;
        this.known = known.items();
    }

    /** The closure, referenced items first. */
    List<PathInfo> read(Collection<StorePath> paths) throws SQLException, DaemonException {
        for (StorePath path : new TreeSet<>(paths)) {
            reach(rows.id(statements, path).orElseThrow(() -> new DaemonException.NotValid(path)));
        }
        int[][] edges = follow();
        List<PathInfo> infos = named(edges);
        int[] order = order(edges);
        if (order.length < infos.size()) {
            // Items refer to each other in a circle; this says which.
            return ReferenceOrder.sort(infos);
        }
        List<PathInfo> sorted = new ArrayList<>(order.length);
        for (int item : order) {
            sorted.add(infos.get(item));
        }
        return sorted;
    }

    /** Reads an item unless that was done; says which one it is. */
    private int reach(long id) throws SQLException, DaemonException {
        int place = index.add(id);
        if (place == items.size()) {
            KnownItems.Item before = known.get(id);
            if (before == null) {
                PathRows.Numbered row = rows.numbered(statements, id);
                items.add(new Read(id, row.info(), row.references(), false));
            } else {
                items.add(new Read(id, before.info(), before.references(), true));
            }
        }
        return place;
    }

    private int[][] follow() throws SQLException, DaemonException {
        List<int[]> edges = new ArrayList<>();
        // Grows while it is walked through.
        for (int i = 0; i < items.size(); i++) {
            long[] references = items.get(i).references();
            int[] targets = new int[references.length];
            for (int k = 0; k < targets.length; k++) {
                targets[k] = reach(references[k]);
            }
            edges.add(targets);
        }
        return edges.toArray(int[][]::new);
    }

    /**
     * The items with the names of what they refer to, which are the same objects everywhere, and in order without that
     * any but the items themselves are compared. Puts {@code edges} into that order, too.
     */
    private List<PathInfo> named(int[][] edges) {
        int[] byName = IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.comparing(i -> items.get(i).info().path()))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] ranks = new int[byName.length];
        for (int rank = 0; rank < byName.length; rank++) {
            ranks[byName[rank]] = rank;
        }
        List<PathInfo> infos = new ArrayList<>(byName.length);
        for (int i = 0; i < edges.length; i++) {
            int[] targets = edges[i];
            for (int k = 0; k < targets.length; k++) {
                targets[k] = ranks[targets[k]];
            }
            Arrays.sort(targets);
            StorePath[] names = new StorePath[targets.length];
            for (int k = 0; k < targets.length; k++) {
                targets[k] = byName[targets[k]];
                names[k] = items.get(targets[k]).info().path();
            }
            infos.add(complete(items.get(i), names));
        }
        return infos;
    }

    private PathInfo complete(Read item, StorePath[] references) {
        if (item.known()) {
            return item.info();
        }
        PathInfo info = item.info().with(SortedPaths.ofArray(references));
        known.put(item.id(), new KnownItems.Item(info, item.references()));
        return info;
    }

    /** All items, each after those it refers to; not all where there is a circle. Needs no deep stack. */
    private static int[] order(int[][] edges) {
        int[] order = new int[edges.length];
        int count = 0;
        // How many of an item's references were looked at; -1 for items that are done.
        int[] seen = new int[edges.length];
        int[] stack = new int[edges.length];
        for (int start = 0; start < edges.length; start++) {
            if (seen[start] < 0) {
                continue;
            }
            int depth = 0;
            stack[depth++] = start;
            while (depth > 0) {
                int item = stack[depth - 1];
                if (seen[item] == edges[item].length) {
                    seen[item] = -1;
                    order[count++] = item;
                    depth--;
                    continue;
                }
                int target = edges[item][seen[item]++];
                if (target == item || seen[target] < 0) {
                    continue;
                }
                if (seen[target] > 0) {
                    // Some of its references were looked at, so it is on the stack.
                    return Arrays.copyOf(order, count);
                }
                stack[depth++] = target;
            }
        }
        return order;
    }
}
