// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import dev.cairn.daemon.DaemonException;
import dev.cairn.path.StorePath;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** The rows of outputs whose build failed (formats, section 7.3). */
final class FailedRows {
    private final PathRows rows;

    FailedRows(PathRows rows) {
        this.rows = rows;
    }

    SortedSet<StorePath> all(Statements statements) throws SQLException, DaemonException {
        SortedSet<StorePath> failed = new TreeSet<>();
        try (Statement statement = statements.connection().createStatement();
                ResultSet found = statement.executeQuery("select path from FailedPaths")) {
            while (found.next()) {
                failed.add(rows.path(found.getString(1)));
            }
        }
        return failed;
    }

    SortedSet<StorePath> among(Statements statements, Collection<StorePath> outputs) throws SQLException {
        SortedSet<StorePath> failed = new TreeSet<>();
        PreparedStatement statement = statements.prepare("select 1 from FailedPaths where path = ?");
        for (StorePath output : outputs) {
            statement.setString(1, output.toString());
            try (ResultSet found = statement.executeQuery()) {
                if (found.next()) {
                    failed.add(output);
                }
            }
        }
        return failed;
    }

    void add(Statements statements, Collection<StorePath> outputs, Instant when) throws SQLException {
        PreparedStatement statement = statements.prepare(
                "insert or replace into FailedPaths (path, time) values (?, ?)");
        for (StorePath output : outputs) {
            statement.setString(1, output.toString());
            statement.setLong(2, when.getEpochSecond());
            statement.executeUpdate();
        }
    }

    /** @param outputs full names; an asterisk stands for all */
    void clear(Statements statements, Collection<String> outputs) throws SQLException {
        boolean everything = outputs.contains("*");
        String condition = everything ? "" : " where path = ?";
        PreparedStatement statement = statements.prepare("delete from FailedPaths" + condition);
        if (everything) {
            statement.executeUpdate();
            return;
        }
        for (String output : outputs) {
            statement.setString(1, output);
            statement.executeUpdate();
        }
    }
}
