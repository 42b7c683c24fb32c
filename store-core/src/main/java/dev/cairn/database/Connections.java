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
    /** SQL work with the statements of a connection inside a transaction. */
    @FunctionalInterface
    interface Work<T> {
        T run(Statements statements) throws SQLException, DaemonException;
    }

    private static final int READERS = 4;
    private static final int PAGES_BEFORE_CHECKPOINT = 40_000;

    /** Short, because SQLite's own waiting cannot be interrupted; {@link #GIVE_UP_AFTER} is the limit that counts. */
    private static final Duration BUSY_TIMEOUT = Duration.ofMillis(200);

    private static final Duration GIVE_UP_AFTER = Duration.ofHours(1);
    private static final int LONGEST_PAUSE_MILLIS = 100;

    private final Path file;
    private final Statements writer;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final Semaphore readers = new Semaphore(READERS);
    private final Deque<Statements> idle = new ArrayDeque<>();
    private boolean closed;

    private Connections(Path file, Statements writer) {
        this.file = file;
        this.writer = writer;
    }

    /** Opens, or makes, the database. */
    static Connections open(Path file) throws DaemonException {
        return new Connections(file, patiently(file, () -> connect(file)));
    }

    private static Statements connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.enforceForeignKeys(true);
        config.setGetGeneratedKeys(false);
        config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
        Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, config.toProperties());
        try {
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma wal_autocheckpoint = " + PAGES_BEFORE_CHECKPOINT);
            }
            return new Statements(connection);
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
            Statements statements = take();
            try {
                return patiently(file, () -> transaction(statements, "begin", work));
            } finally {
                giveBack(statements);
            }
        } finally {
            readers.release();
        }
    }

    /**
     * Runs {@code work} on one state of the database, as soon as possible: what nobody writes with just now is read
     * with, as it need not read again what it wrote itself. Only for what takes no longer than a transaction that writes.
     */
    <T> T readBriefly(Work<T> work) throws DaemonException {
        if (!writing.tryLock()) {
            return read(work);
        }
        try {
            return patiently(file, () -> transaction(writer, "begin", work));
        } finally {
            writing.unlock();
        }
    }

    private static <T> T transaction(Statements statements, String begin, Work<T> work)
            throws SQLException, DaemonException {
        boolean done = false;
        try {
            statements.execute(begin);
            T result = work.run(statements);
            statements.execute("commit");
            done = true;
            return result;
        } finally {
            if (!done) {
                rollBack(statements);
                statements.forget();
            }
        }
    }

    private static void rollBack(Statements statements) {
        try {
            statements.execute("rollback");
        } catch (SQLException _) {
            // SQLite has rolled back by itself, as it does when the disk is full; the first failure is the one to tell.
        }
    }

    private Statements take() throws DaemonException {
        synchronized (idle) {
            if (closed) {
                throw new IllegalStateException("the store database was closed");
            }
            @Nullable Statements statements = idle.poll();
            if (statements != null) {
                return statements;
            }
        }
        return patiently(file, () -> connect(file));
    }

    private void giveBack(Statements statements) throws DaemonException {
        synchronized (idle) {
            if (!closed) {
                idle.push(statements);
                return;
            }
        }
        close(statements);
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

    private void close(Statements statements) throws DaemonException {
        try {
            statements.close();
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
                for (Statements statements : idle) {
                    close(statements);
                }
                idle.clear();
            }
            close(writer);
        } finally {
            writing.unlock();
        }
    }
}
