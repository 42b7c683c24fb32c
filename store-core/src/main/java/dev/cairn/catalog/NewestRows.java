// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.packages.VersionScheme;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Keeps the tables {@code listed} and {@code prose} to the newest version of each name of one channel. */
final class NewestRows {
    private static final String OF_CHANNEL = "SELECT package.id, package.name, version, listed.id IS NOT NULL"
            + " FROM package LEFT JOIN listed ON listed.id = package.id WHERE channel = ? ORDER BY package.name";

    private final CatalogDatabase database;
    private final long channel;
    private final VersionScheme scheme;

    NewestRows(CatalogDatabase database, long channel, VersionScheme scheme) {
        this.database = database;
        this.channel = channel;
        this.scheme = scheme;
    }

    private record Row(long id, String name, String version, boolean listed) {}

    /** Finds the newest versions anew. */
    void list() throws SQLException {
        database.execute("CREATE TEMP TABLE IF NOT EXISTS newest (id INTEGER PRIMARY KEY)");
        database.execute("DELETE FROM newest");
        List<Long> superseded = new ArrayList<>();
        PreparedStatement select = database.statement(OF_CHANNEL);
        select.setLong(1, channel);
        try (ResultSet rows = select.executeQuery()) {
            Row newest = new Row(0, "", "", true);
            while (rows.next()) {
                Row row = new Row(rows.getLong(1), rows.getString(2), rows.getString(3), rows.getBoolean(4));
                Row older = newest;
                if (!row.name().equals(newest.name())) {
                    list(newest);
                    newest = row;
                    continue;
                }
                if (scheme.order().compare(row.version(), newest.version()) > 0) {
                    newest = row;
                } else {
                    older = row;
                }
                if (older.listed()) {
                    superseded.add(older.id());
                }
            }
            list(newest);
        }
        for (long id : superseded) {
            unlist(database, id);
        }
        // In the order of the rows: the full-text index takes them fastest so.
        database.execute("INSERT INTO prose (rowid, name, synopsis, description)"
                + " SELECT newest.id, name, synopsis, description FROM newest"
                + " JOIN package ON package.id = newest.id JOIN detail ON detail.id = newest.id ORDER BY newest.id");
        database.execute("INSERT INTO listed SELECT id FROM newest ORDER BY id");
        database.execute("DELETE FROM newest");
    }

    private void list(Row row) throws SQLException {
        if (!row.listed()) {
            PreparedStatement insert = database.statement("INSERT INTO newest VALUES (?)");
            insert.setLong(1, row.id());
            insert.executeUpdate();
        }
    }

    /** Takes a row out of both tables. */
    static void unlist(CatalogDatabase database, long id) throws SQLException {
        PreparedStatement delete = database.statement("DELETE FROM listed WHERE id = ?");
        delete.setLong(1, id);
        if (delete.executeUpdate() > 0) {
            PreparedStatement prose = database.statement("DELETE FROM prose WHERE rowid = ?");
            prose.setLong(1, id);
            prose.executeUpdate();
        }
    }
}
