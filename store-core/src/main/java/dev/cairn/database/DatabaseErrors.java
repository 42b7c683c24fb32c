// SPDX-License-Identifier: Apache-2.0
package dev.cairn.database;

import dev.cairn.daemon.DaemonException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's failures mean to somebody who uses the store. */
final class DatabaseErrors {
    private static final int PRIMARY = 0xff;

    private DatabaseErrors() {}

    /** Whether another connection holds what is needed, so that trying again helps. */
    static boolean isBusy(SQLException e) {
        int code = e.getErrorCode() & PRIMARY;
        return code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code;
    }

    /** Whether a constraint of the schema forbids it. */
    static boolean isConstraint(SQLException e) {
        return (e.getErrorCode() & PRIMARY) == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
    }

    /** Whether the disk is full; what SQLite cannot make room for in shared memory is on the same disk. */
    static boolean isFull(SQLException e) {
        int code = e instanceof SQLiteException ours ? ours.getResultCode().code : e.getErrorCode();
        return code == SQLiteErrorCode.SQLITE_FULL.code || code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE.code;
    }

    static DaemonException translate(Path file, SQLException e) {
        int code = e.getErrorCode() & PRIMARY;
        if (isFull(e)) {
            return new DaemonException.StoreIo(
                    "writing the store database '" + file + "' failed: the disk is full",
                    Optional.of("Free some space, by 'cairn gc' for instance, and try again."),
                    Optional.of(e));
        }
        if (code == SQLiteErrorCode.SQLITE_NOTADB.code || code == SQLiteErrorCode.SQLITE_CORRUPT.code) {
            return damaged(file, Optional.empty(), Optional.of(e));
        }
        if (code == SQLiteErrorCode.SQLITE_CANTOPEN.code
                || code == SQLiteErrorCode.SQLITE_READONLY.code
                || code == SQLiteErrorCode.SQLITE_PERM.code
                || code == SQLiteErrorCode.SQLITE_AUTH.code) {
            return unusable(
                    file,
                    "it cannot be opened for writing",
                    "Check who owns the folder '" + file.getParent() + "' and whether this user may write to it.",
                    e);
        }
        if (code == SQLiteErrorCode.SQLITE_IOERR.code) {
            return new DaemonException.StoreIo(
                    "reading or writing the store database '" + file + "' failed: " + e.getMessage(),
                    Optional.of("Check the disk: whether it is full, and whether the system log names errors."),
                    Optional.of(e));
        }
        if (code == SQLiteErrorCode.SQLITE_ERROR.code) {
            return unusable(
                    file,
                    "its tables are not those of a store (" + e.getMessage() + ")",
                    "Another program may have made or changed it. Give this one a store of its own, or restore a "
                            + "backup.",
                    e);
        }
        return unusable(
                file, String.valueOf(e.getMessage()), "Try again; if it fails again, restore a backup.", e);
    }

    /** @param detail what SQLite found */
    static DaemonException damaged(Path file, Optional<String> detail, Optional<SQLException> cause) {
        return new DaemonException.DatabaseUnusable(
                file,
                "it is damaged, or no SQLite database at all"
                        + detail.map(text -> " (" + text.strip().replace('\n', ' ') + ")").orElse(""),
                "Restore the database folder from a backup. Without one, move the whole store aside and start "
                        + "with an empty one; packages can be installed again.",
                cause);
    }

    private static DaemonException unusable(Path file, String problem, String hint, SQLException e) {
        return new DaemonException.DatabaseUnusable(file, problem, hint, Optional.of(e));
    }
}
