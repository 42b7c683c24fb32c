// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.packages.VersionScheme;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the tables {@code listed} and {@code prose} to the newest version of each name of one channel, of those that
 * need not be asked for where there are any. While rows come
 * in the order of their names, each name is done when the next one comes, and the work is shared with who reads them;
 * whatever comes otherwise is put right in the end.
 */
final class NewestRows {
    private static final String ROWS = "SELECT package.id, package.name, version, listed.id IS NOT NULL, on_request"
            + " FROM package LEFT JOIN listed ON listed.id = package.id";
    private static final String OF_CHANNEL = ROWS + " WHERE channel = ? ORDER BY package.name";
    /** The sign keeps SQLite from looking through all of the channel. */
    private static final String OF_NAME = ROWS + " WHERE +channel = ? AND package.name = ?";

    private final CatalogDatabase database;
    private final long channel;
    private final VersionScheme scheme;
    private boolean done;
    private Optional<CatalogPackage> newest = Optional.empty();
    private long newestId;

    /** @param isNew whether the channel has no rows yet */
    NewestRows(CatalogDatabase database, long channel, VersionScheme scheme, boolean isNew) {
        this.database = database;
        this.channel = channel;
        this.scheme = scheme;
        this.done = isNew;
    }

    private record Row(long id, String name, String version, boolean listed, boolean onRequest) {}

    /** Whether one version is listed rather than another. */
    private boolean beats(String version, boolean onRequest, String other, boolean otherOnRequest) {
        return onRequest == otherOnRequest ? scheme.order().compare(version, other) > 0 : otherOnRequest;
    }

    /** Notes a row that has been put in. @param id greater than those before */
    void add(long id, CatalogPackage row) throws SQLException {
        int order = newest.map(last -> last.name().compareTo(row.name())).orElse(-1);
        if (order == 0
                && !beats(row.version(), row.onRequest(), newest.orElseThrow().version(),
                        newest.orElseThrow().onRequest())) {
            return;
        }
        if (order != 0) {
            listNewest();
        }
        done &= order <= 0;
        newest = Optional.of(row);
        newestId = id;
    }

    private void listNewest() throws SQLException {
        if (newest.isPresent()) {
            CatalogPackage row = newest.get();
            PreparedStatement insert =
                    database.statement("INSERT INTO prose (rowid, name, synopsis, description) VALUES (?, ?, ?, ?)");
            insert.setLong(1, newestId);
            insert.setString(2, row.name());
            insert.setString(3, row.synopsis());
            insert.setString(4, row.description());
            insert.executeUpdate();
            PreparedStatement list = database.statement("INSERT INTO listed VALUES (?)");
            list.setLong(1, newestId);
            list.executeUpdate();
        }
    }

    /** To be called when all rows are there, and others are gone. */
    void finish() throws SQLException {
        listNewest();
        newest = Optional.empty();
        if (!done) {
            listAgain();
        }
    }

    private void listAgain() throws SQLException {
        forgetChoice();
        PreparedStatement select = database.statement(OF_CHANNEL);
        select.setLong(1, channel);
        List<Long> superseded = new ArrayList<>();
        choose(select, superseded);
        listChosen(superseded);
    }

    /** Lists the newest versions of some names, of which rows may have come or gone. */
    void listAgain(Collection<String> names) throws SQLException {
        forgetChoice();
        PreparedStatement select = database.statement(OF_NAME);
        List<Long> superseded = new ArrayList<>();
        for (String name : names) {
            select.setLong(1, channel);
            select.setString(2, name);
            choose(select, superseded);
        }
        listChosen(superseded);
    }

    private void forgetChoice() throws SQLException {
        database.execute("CREATE TEMP TABLE IF NOT EXISTS newest (id INTEGER PRIMARY KEY)");
        database.execute("DELETE FROM newest");
    }

    /** Notes the newest rows that are not listed. @param select rows with those of one name together */
    private void choose(PreparedStatement select, List<Long> superseded) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            Row best = new Row(0, "", "", true, true);
            while (rows.next()) {
                Row row = new Row(rows.getLong(1), rows.getString(2), rows.getString(3), rows.getBoolean(4),
                        rows.getBoolean(5));
                Row older = best;
                if (!row.name().equals(best.name())) {
                    list(best);
                    best = row;
                    continue;
                }
                if (beats(row.version(), row.onRequest(), best.version(), best.onRequest())) {
                    best = row;
                } else {
                    older = row;
                }
                if (older.listed()) {
                    superseded.add(older.id());
                }
            }
            list(best);
        }
    }

    private void listChosen(List<Long> superseded) throws SQLException {
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
