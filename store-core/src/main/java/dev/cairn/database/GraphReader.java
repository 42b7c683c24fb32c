// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.StoreGraph;
import dev.cairn.path.StorePath;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads all items and references at once. A big store has a million references; fetching them row by row would cost
 * more than SQLite's work, so SQLite joins each item's references to one text, out of a covering index.
 */
final class GraphReader {
    private static final int UNKNOWN = -1;

    /** Ids are never used twice; more items than this no store has ever held. */
    private static final long MAX_ID = 1L << 27;

    private final PathRows rows;
    private final List<StorePath> paths = new ArrayList<>();
    private final List<@Nullable String> deriverNames = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private long[] narSizes = new long[1024];

    /** From database id to number; ids are dense enough, being handed out in ascending order. */
    private int[] byId = new int[1024];

    private int[] offsets = {0};
    private int[] targets = {};

    GraphReader(PathRows rows) {
        this.rows = rows;
        Arrays.fill(byId, UNKNOWN);
    }

    StoreGraph read(Connection connection) throws SQLException, DaemonException {
        readPaths(connection);
        readReferences(connection);
        return new StoreGraph(
                List.copyOf(paths), Arrays.copyOf(narSizes, paths.size()), offsets, targets, derivers());
    }

    private void readPaths(Connection connection) throws SQLException, DaemonException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select id, path, narSize, deriver from ValidPaths order by path")) {
            while (row.next()) {
                int number = paths.size();
                if (number == narSizes.length) {
                    narSizes = Arrays.copyOf(narSizes, 2 * number);
                }
                paths.add(rows.path(row.getString(2)));
                narSizes[number] = row.getLong(3);
                deriverNames.add(row.getString(4));
                number(row.getLong(1), number);
            }
        }
    }

    private void number(long id, int number) throws DaemonException {
        if (id < 0 || id > MAX_ID) {
            throw rows.damaged("an item with the number " + id);
        }
        if (id >= byId.length) {
            int before = byId.length;
            byId = Arrays.copyOf(byId, Math.max((int) id + 1, 2 * before));
            Arrays.fill(byId, before, byId.length, UNKNOWN);
        }
        byId[(int) id] = number;
    }

    /** Foreign keys see to it that every reference is known, but not every writer of old has kept them. */
    private int numberOf(long id) throws DaemonException {
        if (id < 0 || id >= byId.length || byId[(int) id] == UNKNOWN) {
            throw rows.damaged("a reference to or from item number " + id + ", which does not exist");
        }
        return byId[(int) id];
    }

    private void readReferences(Connection connection) throws SQLException, DaemonException {
        String[] joined = new String[paths.size()];
        int[] lengths = new int[paths.size() + 1];
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select referrer, group_concat(reference, ' '), count(*) from Refs group by referrer")) {
            while (row.next()) {
                int referrer = numberOf(row.getLong(1));
                joined[referrer] = row.getString(2);
                lengths[referrer + 1] = row.getInt(3);
            }
        }
        for (int i = 0; i < paths.size(); i++) {
            lengths[i + 1] += lengths[i];
        }
        offsets = lengths;
        targets = new int[lengths[paths.size()]];
        for (int i = 0; i < paths.size(); i++) {
            if (joined[i] != null) {
                split(joined[i], offsets[i]);
            }
        }
    }

    private void split(String ids, int position) throws DaemonException {
        long id = 0;
        int next = position;
        for (int i = 0; i < ids.length(); i++) {
            char c = ids.charAt(i);
            if (c == ' ') {
                targets[next++] = numberOf(id);
                id = 0;
            } else {
                id = 10 * id + (c - '0');
            }
        }
        targets[next] = numberOf(id);
    }

    private int[] derivers() {
        int[] derivers = new int[paths.size()];
        Arrays.fill(derivers, UNKNOWN);
        boolean any = deriverNames.stream().anyMatch(name -> name != null);
        if (!any) {
            return derivers;
        }
        for (int i = 0; i < derivers.length; i++) {
            if (paths.get(i).isDerivation()) {
                numbers.put(paths.get(i).toString(), i);
            }
        }
        for (int i = 0; i < derivers.length; i++) {
            derivers[i] = numbers.getOrDefault(deriverNames.get(i), UNKNOWN);
        }
        return derivers;
    }
}
