// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.PathInfo;
import dev.cairn.path.StorePath;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads items and all that they refer to. Follows numbers rather than names, so that the name of an item is read once
 * and not with each of its referrers. Used once, inside the caller's transaction.
 */
final class ClosureReader {
    private final PathRows rows;
    private final Statements statements;
    private final Map<Long, KnownItems.Item> known;
    private final Map<Long, PathRows.Numbered> fresh = new LinkedHashMap<>();
    private final Map<Long, KnownItems.Item> closure = new LinkedHashMap<>();

    ClosureReader(PathRows rows, Statements statements, KnownItems known) {
        this.rows = rows;
        this.statements = statements;
        this.known = known.items();
    }

    /** The closure, referenced items first. */
    List<PathInfo> read(Collection<StorePath> paths) throws SQLException, DaemonException {
        Deque<Long> open = new ArrayDeque<>();
        for (StorePath path : new TreeSet<>(paths)) {
            open.add(rows.id(statements, path).orElseThrow(() -> new DaemonException.NotValid(path)));
        }
        while (!open.isEmpty()) {
            long id = open.poll();
            if (!closure.containsKey(id) && !fresh.containsKey(id)) {
                for (long reference : reach(id)) {
                    open.add(reference);
                }
            }
        }
        for (Map.Entry<Long, PathRows.Numbered> item : fresh.entrySet()) {
            PathRows.Numbered numbered = item.getValue();
            KnownItems.Item complete =
                    new KnownItems.Item(numbered.with(names(numbered.references())), numbered.references());
            known.put(item.getKey(), complete);
            closure.put(item.getKey(), complete);
        }
        List<PathInfo> infos = new ArrayList<>(closure.size());
        closure.values().forEach(item -> infos.add(item.info()));
        return ReferenceOrder.sort(infos);
    }

    private long[] reach(long id) throws SQLException, DaemonException {
        KnownItems.Item item = known.get(id);
        if (item != null) {
            closure.put(id, item);
            return item.references();
        }
        PathRows.Numbered read = rows.numbered(statements, id);
        fresh.put(id, read);
        return read.references();
    }

    private SortedSet<StorePath> names(long[] references) {
        SortedSet<StorePath> names = new TreeSet<>();
        for (long reference : references) {
            PathRows.Numbered read = fresh.get(reference);
            names.add(read == null ? closure.get(reference).info().path() : read.info().path());
        }
        return names;
    }
}
