// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Which packages of a channel mention a name, as rows of the table {@code mention}. */
final class Mentions {
    /** The name is one of a package's inputs of any kind. */
    static final int INPUT = 0;

    /** The name is that of a virtual package which a package provides. */
    static final int PROVIDED = 1;

    private final int kind;
    private final Map<String, Ids> byName = new HashMap<>();

    /** A growing list of numbers. */
    private static final class Ids {
        private int[] ids = new int[4];
        private int count;

        void add(int id) {
            if (count > 0 && ids[count - 1] == id) {
                return;
            }
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, 2 * count);
            }
            ids[count++] = id;
        }

        byte[] sorted() {
            Arrays.sort(ids, 0, count);
            ByteBuffer octets = ByteBuffer.allocate(4 * count);
            octets.asIntBuffer().put(ids, 0, count);
            return octets.array();
        }
    }

    Mentions(int kind) {
        this.kind = kind;
    }

    /** @param id of the row that mentions it */
    void add(String name, long id) {
        byName.computeIfAbsent(name, _ -> new Ids()).add(Math.toIntExact(id));
    }

    /** Replaces what is known of the channel. */
    void write(CatalogDatabase database, long channel) throws SQLException {
        delete(database, kind, channel);
        PreparedStatement insert = database.statement("INSERT INTO mention VALUES (?, ?, ?, ?)");
        for (Map.Entry<String, Ids> entry : new TreeMap<>(byName).entrySet()) {
            insert.setInt(1, kind);
            insert.setString(2, entry.getKey());
            insert.setLong(3, channel);
            insert.setBytes(4, entry.getValue().sorted());
            insert.executeUpdate();
        }
    }

    /** Forgets what is known of the channel. */
    static void delete(CatalogDatabase database, int kind, long channel) throws SQLException {
        PreparedStatement delete = database.statement("DELETE FROM mention WHERE kind = ? AND channel = ?");
        delete.setInt(1, kind);
        delete.setLong(2, channel);
        delete.executeUpdate();
    }

    /** The rows that mention a name, in ascending order by the numbers of their channels. */
    static Map<Long, int[]> find(CatalogDatabase database, int kind, String name) throws SQLException {
        PreparedStatement select =
                database.statement("SELECT channel, packages FROM mention WHERE kind = ? AND name = ?");
        select.setInt(1, kind);
        select.setString(2, name);
        Map<Long, int[]> found = new TreeMap<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                byte[] octets = rows.getBytes(2);
                int[] ids = new int[octets.length / 4];
                ByteBuffer.wrap(octets).asIntBuffer().get(ids);
                found.put(rows.getLong(1), ids);
            }
        }
        return found;
    }
}
