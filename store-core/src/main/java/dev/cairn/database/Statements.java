// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * A connection and what was prepared on it: preparing a statement takes longer than most of them run, and they are few.
 * Used by one thread at a time.
 */
final class Statements implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /** @param connection is closed with this */
    Statements(Connection connection) {
        this.connection = connection;
    }

    /** The connection itself, for statements that are run once. */
    Connection connection() {
        return connection;
    }

    /**
     * A statement that stays prepared. It is not to be closed, but its results are, before anybody wants it again.
     *
     * @param sql one of a few texts that never change
     */
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    /** Runs a statement without results. */
    void execute(String sql) throws SQLException {
        prepare(sql).executeUpdate();
    }

    /**
     * Has all statements prepared anew that are wanted from now on: those that failed, as on a full disk, are closed by
     * the driver and would fail forever.
     */
    void forget() {
        for (PreparedStatement statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException _) {
                // It goes with the connection; what it failed with was told.
            }
        }
        prepared.clear();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
