// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.packages.DefinitionProblem;
import dev.cairn.packages.VersionScheme;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Brings the rows of one channel up to date with what it offers. Rows that are as they were are not written again, so
 * that a day's changes of a large channel cost little more than reading it. Nothing counts before {@link #finish}.
 */
final class ChannelUpdate {
    private final CatalogDatabase database;
    private final long channel;
    /** What the channel had before and has not offered yet this time. */
    private final Map<Key, Stored> before = new HashMap<>();

    private final Mentions inputs = new Mentions(Mentions.INPUT);
    private final Mentions provided = new Mentions(Mentions.PROVIDED);
    private final NewestRows newest;
    private boolean changed;
    private long nextId;

    private record Key(String name, String version) {}

    private record Stored(long id, byte[] digest) {}

    /** Something that went wrong with the file while the channel was being read. */
    static final class Failed extends RuntimeException {
        private final transient SQLException reason;

        Failed(SQLException reason) {
            super(reason);
            this.reason = reason;
        }

        SQLException reason() {
            return reason;
        }
    }

    ChannelUpdate(CatalogDatabase database, long channel, VersionScheme scheme) throws SQLException {
        this.database = database;
        this.channel = channel;
        this.nextId = PackageRows.nextId(database);
        PreparedStatement select =
                database.statement("SELECT id, name, version, digest FROM package WHERE channel = ?");
        select.setLong(1, channel);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                before.put(
                        new Key(rows.getString(2), rows.getString(3)), new Stored(rows.getLong(1), rows.getBytes(4)));
            }
        }
        PreparedStatement delete = database.statement("DELETE FROM problem WHERE channel = ?");
        delete.setLong(1, channel);
        delete.executeUpdate();
        this.newest = new NewestRows(database, channel, scheme, before.isEmpty());
    }

    /** Takes a package; of several with one key the first counts. */
    void add(PackageRows rows) {
        CatalogPackage row = rows.row();
        try {
            Stored stored = before.remove(new Key(row.name(), row.version()));
            if (stored != null && Arrays.equals(stored.digest(), rows.digest())) {
                mention(row, stored.id());
                return;
            }
            if (stored != null) {
                delete(stored.id());
            }
            if (rows.insert(database, channel, nextId)) {
                changed = true;
                newest.add(nextId, row);
                mention(row, nextId++);
            }
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    /** Takes something that is wrong in the channel. */
    void problem(DefinitionProblem problem) {
        try {
            PreparedStatement insert = database.statement("INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?)");
            insert.setLong(1, channel);
            insert.setString(2, problem.file());
            insert.setInt(3, problem.line());
            insert.setInt(4, problem.column());
            insert.setString(5, problem.field());
            insert.setString(6, problem.found());
            insert.setString(7, problem.expected());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new Failed(e);
        }
    }

    private void mention(CatalogPackage row, long id) {
        inputs.add(Mentions.inputs(row), id);
        provided.add(Mentions.provided(row), id);
    }

    /** Deletes what the channel no longer offers, and brings up to date what is made of the rows. */
    void finish() throws SQLException {
        for (Stored gone : before.values()) {
            delete(gone.id());
        }
        before.clear();
        if (changed) {
            newest.finish();
        }
        inputs.write(database, channel);
        provided.write(database, channel);
    }

    private void delete(long id) throws SQLException {
        changed = true;
        PackageRows.delete(database, id);
    }
}
