// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import dev.cairn.daemon.DaemonException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * The connections of this process to one database: one that writes, used by one thread at a time, and a few that read
 * beside it. Busy databases are asked again until the thread is interrupted. Safe for use by several threads.
 */
final class Connections implements AutoCloseable {
    /** SQL work on a connection inside a transaction. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException, DaemonException;
    }

    private static final int READERS = 4;
    private static final int PAGES_BEFORE_CHECKPOINT = 40_000;

    /** Short, because SQLite's own waiting cannot be interrupted; {@link #GIVE_UP_AFTER} is the limit that counts. */
    private static final Duration BUSY_TIMEOUT = Duration.ofMillis(200);

    private static final Duration GIVE_UP_AFTER = Duration.ofHours(1);
    private static final int LONGEST_PAUSE_MILLIS = 100;

    private final Path file;
    private final Connection writer;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final Semaphore readers = new Semaphore(READERS);
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    private Connections(Path file, Connection writer) {
        this.file = file;
        this.writer = writer;
    }

    /** Opens, or makes, the database. */
    static Connections open(Path file) throws DaemonException {
        return new Connections(file, patiently(file, () -> connect(file)));
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.enforceForeignKeys(true);
        config.setGetGeneratedKeys(false);
        config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
        Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, config.toProperties());
        try {
            execute(connection, "pragma wal_autocheckpoint = " + PAGES_BEFORE_CHECKPOINT);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Runs {@code work} as one transaction; whatever it throws undoes all of it. */
    <T> T write(Work<T> work) throws DaemonException {
        try {
            writing.lockInterruptibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new DaemonException.Cancelled();
        }
        try {
            return patiently(file, () -> transaction(writer, "begin immediate", work));
        } finally {
            writing.unlock();
        }
    }

    /** Runs {@code work} on one state of the database. */
    <T> T read(Work<T> work) throws DaemonException {
        readers.acquireUninterruptibly();
        try {
            Connection connection = take();
            try {
                return patiently(file, () -> transaction(connection, "begin", work));
            } finally {
                giveBack(connection);
            }
        } finally {
            readers.release();
        }
    }

    private static <T> T transaction(Connection connection, String begin, Work<T> work)
            throws SQLException, DaemonException {
        execute(connection, begin);
        boolean done = false;
        try {
            T result = work.run(connection);
            execute(connection, "commit");
            done = true;
            return result;
        } finally {
            if (!done) {
                rollBack(connection);
            }
        }
    }

    private static void rollBack(Connection connection) {
        try {
            execute(connection, "rollback");
        } catch (SQLException _) {
            // SQLite has rolled back by itself, as it does when the disk is full; the first failure is the one to tell.
        }
    }

    private Connection take() throws DaemonException {
        synchronized (idle) {
            if (closed) {
                throw new IllegalStateException("the store database was closed");
            }
            @Nullable Connection connection = idle.poll();
            if (connection != null) {
                return connection;
            }
        }
        return patiently(file, () -> connect(file));
    }

    private void giveBack(Connection connection) throws DaemonException {
        synchronized (idle) {
            if (!closed) {
                idle.push(connection);
                return;
            }
        }
        close(connection);
    }

    private interface Attempt<T> {
        T run() throws SQLException, DaemonException;
    }

    private static <T> T patiently(Path file, Attempt<T> attempt) throws DaemonException {
        long end = System.nanoTime() + GIVE_UP_AFTER.toNanos();
        while (true) {
            try {
                return attempt.run();
            } catch (SQLException e) {
                if (!DatabaseErrors.isBusy(e) || System.nanoTime() > end) {
                    throw DatabaseErrors.translate(file, e);
                }
            }
            try {
                Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new DaemonException.Cancelled();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void close(Connection connection) throws DaemonException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw DatabaseErrors.translate(file, e);
        }
    }

    @Override
    public void close() throws DaemonException {
        writing.lock();
        try {
            synchronized (idle) {
                closed = true;
                for (Connection connection : idle) {
                    close(connection);
                }
                idle.clear();
            }
            close(writer);
        } finally {
            writing.unlock();
        }
    }
}
