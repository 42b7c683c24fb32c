// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

import dev.cairn.error.CairnException;
import dev.cairn.fs.IoReasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One connection with the catalog's file, which calls take turns to use, and the statements prepared on it. Several
 * processes may have the file open: readers go on while one of them writes.
 */
final class CatalogDatabase implements AutoCloseable {
    private static final int BUSY_MILLISECONDS = 30_000;

    private final Path file;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    private CatalogDatabase(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Something done with the connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(CatalogDatabase database) throws SQLException;
    }

    /** Opens the file, making the tables in it if it is new. */
    static CatalogDatabase open(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLISECONDS);
        // Else every insertion is followed by a query that nobody asked for.
        config.setGetGeneratedKeys(false);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try {
            CatalogDatabase database = new CatalogDatabase(file, connection);
            database.prepareFile();
            return database;
        } catch (SQLException e) {
            try {
                connection.close();
            } catch (SQLException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private void prepareFile() throws SQLException {
        if (number("PRAGMA user_version") == 0 && number("SELECT count(*) FROM sqlite_schema") == 0) {
            execute("PRAGMA journal_mode = WAL");
            execute("BEGIN IMMEDIATE");
            // Another process may have been quicker.
            if (number("PRAGMA user_version") == 0) {
                for (String table : CatalogSchema.TABLES.split(";\n")) {
                    execute(table);
                }
                execute("PRAGMA application_id = " + CatalogSchema.APPLICATION);
                execute("PRAGMA user_version = " + CatalogSchema.VERSION);
            }
            execute("COMMIT");
        }
        execute("PRAGMA synchronous = NORMAL");
    }

    /** Whether this is a catalog of this version of Cairn. */
    boolean isCurrent() throws SQLException {
        return number("PRAGMA user_version") == CatalogSchema.VERSION
                && number("PRAGMA application_id") == CatalogSchema.APPLICATION;
    }

    /** What {@link #isDamage} recognises. */
    static SQLException damaged(String problem) {
        return new SQLiteException(problem, SQLiteErrorCode.SQLITE_SCHEMA);
    }

    /** Whether the file, rather than the access to it, is the reason. */
    static boolean isDamage(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return false;
        }
        int primary = sqlite.getResultCode().code & 0xff;
        return primary == SQLiteErrorCode.SQLITE_CORRUPT.code
                || primary == SQLiteErrorCode.SQLITE_NOTADB.code
                // A table or column is missing, or is another kind of thing than expected.
                || primary == SQLiteErrorCode.SQLITE_ERROR.code
                || primary == SQLiteErrorCode.SQLITE_SCHEMA.code;
    }

    /** Removes the file and what SQLite keeps beside it. */
    static void delete(Path file) throws IOException {
        for (String suffix : new String[] {"-wal", "-shm", "-journal", ""}) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
        }
    }

    /** Runs {@code work} while no other thread uses the connection. */
    <T> T with(Work<T> work) throws CatalogException {
        lock.lock();
        try {
            return work.run(this);
        } catch (SQLException e) {
            forgetStatements();
            throw unusable(file, e);
        } finally {
            lock.unlock();
        }
    }

    static CatalogException.Unusable unusable(Path file, SQLException cause) {
        Optional<IOException> access = isFull(cause) ? Optional.empty() : CatalogAccess.problem(file);
        if (access.isPresent()) {
            return unusable(file, access.get());
        }
        String hint = isFull(cause)
                ? "The disk is full. Free some space and try again."
                : "The file is only a cache: delete it and try again.";
        return unusable(file, String.valueOf(cause.getMessage()), hint, cause);
    }

    static CatalogException.Unusable unusable(Path file, IOException cause) {
        String hint = IoReasons.hint(cause).orElse("Check the folder that it is in.");
        return unusable(file, IoReasons.describe(cause), hint + " " + CatalogAccess.ELSEWHERE, cause);
    }

    static CatalogException.Unusable unusable(Path file, CairnException cause) {
        return unusable(file, String.valueOf(cause.getMessage()), cause.hint().orElse(CatalogAccess.ELSEWHERE), cause);
    }

    private static CatalogException.Unusable unusable(Path file, String why, String hint, Exception cause) {
        return new CatalogException.Unusable(
                "the catalog '" + file + "' cannot be used: " + why, Optional.of(hint), Optional.of(cause));
    }

    private static boolean isFull(SQLException cause) {
        return cause instanceof SQLiteException sqlite
                && (sqlite.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_FULL.code;
    }

    /** A statement, prepared once. */
    PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    /** The driver closes a statement that failed, as on a full disk; it would fail forever. */
    private void forgetStatements() {
        for (PreparedStatement statement : statements.values()) {
            try {
                statement.close();
            } catch (SQLException _) {
                // It goes with the connection; what it failed with is told.
            }
        }
        statements.clear();
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    @Override
    public void close() throws CatalogException {
        lock.lock();
        try {
            for (PreparedStatement statement : statements.values()) {
                statement.close();
            }
            connection.close();
        } catch (SQLException e) {
            forgetStatements();
            throw unusable(file, e);
        } finally {
            lock.unlock();
        }
    }
}
