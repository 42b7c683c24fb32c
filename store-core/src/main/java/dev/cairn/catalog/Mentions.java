// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.packages.Specification;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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

    /** What a package mentions among its inputs. */
    static Collection<String> inputs(CatalogPackage row) {
        Set<String> names = new HashSet<>();
        for (List<Specification> kind : List.of(row.inputs(), row.nativeInputs(), row.propagatedInputs())) {
            kind.forEach(input -> names.add(input.name()));
        }
        return names;
    }

    /** What a package provides. */
    static Collection<String> provided(CatalogPackage row) {
        String provides = row.properties().get(CatalogPackage.PROVIDES);
        return provides == null ? List.of() : List.of(provides.split(" "));
    }

    /** @param id of the row that mentions them */
    void add(Collection<String> names, long id) {
        for (String name : names) {
            byName.computeIfAbsent(name, _ -> new Ids()).add(Math.toIntExact(id));
        }
    }

    /** Replaces what is known of the channel. */
    void write(CatalogDatabase database, long channel) throws SQLException {
        delete(database, kind, channel);
        for (Map.Entry<String, Ids> entry : new TreeMap<>(byName).entrySet()) {
            write(database, kind, entry.getKey(), channel, entry.getValue().sorted());
        }
    }

    private static void write(CatalogDatabase database, int kind, String name, long channel, byte[] ids)
            throws SQLException {
        PreparedStatement insert = database.statement("INSERT OR REPLACE INTO mention VALUES (?, ?, ?, ?)");
        insert.setInt(1, kind);
        insert.setString(2, name);
        insert.setLong(3, channel);
        insert.setBytes(4, ids);
        insert.executeUpdate();
    }

    /** What some rows mention that did not before, and the other way round. */
    static final class Changes {
        private final int kind;
        private final SortedMap<String, Set<Integer>> come = new TreeMap<>();
        private final SortedMap<String, Set<Integer>> gone = new TreeMap<>();

        Changes(int kind) {
            this.kind = kind;
        }

        /** @param id of a row that mentions them now */
        void add(Collection<String> names, long id) {
            names.forEach(name -> come.computeIfAbsent(name, _ -> new HashSet<>()).add(Math.toIntExact(id)));
        }

        /** @param id of a row that is gone and mentioned them */
        void remove(Collection<String> names, long id) {
            names.forEach(name -> gone.computeIfAbsent(name, _ -> new HashSet<>()).add(Math.toIntExact(id)));
        }

        /** Changes what is known of the channel. */
        void write(CatalogDatabase database, long channel) throws SQLException {
            SortedSet<String> names = new TreeSet<>(come.keySet());
            names.addAll(gone.keySet());
            for (String name : names) {
                Ids ids = new Ids();
                Set<Integer> less = gone.getOrDefault(name, Set.of());
                for (int id : find(database, kind, name).getOrDefault(channel, new int[0])) {
                    if (!less.contains(id)) {
                        ids.add(id);
                    }
                }
                come.getOrDefault(name, Set.of()).forEach(ids::add);
                if (ids.count > 0) {
                    Mentions.write(database, kind, name, channel, ids.sorted());
                } else {
                    delete(database, kind, name, channel);
                }
            }
        }

        private static void delete(CatalogDatabase database, int kind, String name, long channel)
                throws SQLException {
            PreparedStatement delete =
                    database.statement("DELETE FROM mention WHERE kind = ? AND name = ? AND channel = ?");
            delete.setInt(1, kind);
            delete.setString(2, name);
            delete.setLong(3, channel);
            delete.executeUpdate();
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
