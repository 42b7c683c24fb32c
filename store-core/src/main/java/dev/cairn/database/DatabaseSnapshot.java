// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import dev.cairn.daemon.DaemonException;
import dev.cairn.daemon.StoreGraph;
import dev.cairn.path.StoreDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * Reads the database of a store that a daemon looks after, without ever writing to it. For questions that the daemon's
 * protocol can only answer item by item.
 */
public final class DatabaseSnapshot {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseSnapshot.class);
    private static final int BUSY_MILLIS = 2000;

    private DatabaseSnapshot() {}

    /**
     * All items and their references at one moment; nothing where the database is not there, may not be read by this
     * user or is of an unknown kind.
     *
     * @param directory the folder of the database
     */
    public static Optional<StoreGraph> graph(Path directory, StoreDirectory store) {
        Path file = directory.resolve("db.sqlite");
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        try (Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, config.toProperties())) {
            connection.setAutoCommit(false);
            StoreGraph graph = new GraphReader(new PathRows(file, store, Schema.GUIX)).read(connection);
            connection.rollback();
            return Optional.of(graph);
        } catch (SQLException | DaemonException e) {
            LOG.info("'{}' is not read, the daemon is asked instead: {}", file, e.toString());
            return Optional.empty();
        }
    }
}
