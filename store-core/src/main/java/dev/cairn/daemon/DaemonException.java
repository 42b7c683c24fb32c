// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.error.CairnException;
import dev.cairn.hash.Hash;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What can go wrong when asking a store. */
public abstract sealed class DaemonException extends CairnException {
    /**
     * What a failure of files means: {@link Cancelled} when the thread was interrupted, else {@link StoreIo} with a
     * hint where the cause is one that users can do something about.
     *
     * @param doing what failed, as in {@code adding '/gnu/store/...-hello'}
     */
    public static DaemonException of(String doing, IOException cause) {
        if (cause instanceof InterruptedIOException || cause instanceof ClosedByInterruptException) {
            return new Cancelled();
        }
        return new StoreIo(doing + " failed: " + IoReasons.describe(cause), IoReasons.hint(cause), Optional.of(cause));
    }

    private DaemonException(String message, Optional<String> hint, Optional<? extends Throwable> cause) {
        super(message, hint, cause);
    }

    /** An item that must be in the store is not. */
    public static final class NotValid extends DaemonException {
        private final transient StorePath path;

        public NotValid(StorePath path) {
            super("'" + path + "' is not in the store", Optional.empty(), Optional.empty());
            this.path = path;
        }

        /** The item. */
        public StorePath path() {
            return path;
        }
    }

    /** Reading or writing files of the store failed; also when the disk is full or permissions are missing. */
    public static final class StoreIo extends DaemonException {
        public StoreIo(String message, Optional<String> hint, Optional<? extends Throwable> cause) {
            super(message, hint, cause);
        }
    }

    /** The database is unreadable, damaged, or of another version. */
    public static final class DatabaseUnusable extends DaemonException {
        private final transient Path file;

        public DatabaseUnusable(Path file, String problem, String hint, Optional<? extends Throwable> cause) {
            super("the store database '" + file + "' cannot be used: " + problem, Optional.of(hint), cause);
            this.file = file;
        }

        /** The database file. */
        public Path file() {
            return file;
        }
    }

    /** Input from a client is refused: a wrong derivation, a missing reference, a bad name. */
    public static final class Refused extends DaemonException {
        public Refused(String message, Optional<String> hint) {
            super(message, hint, Optional.empty());
        }
    }

    /** Builders cannot be isolated on this machine. */
    public static final class SandboxUnavailable extends DaemonException {
        public SandboxUnavailable(String message, String hint) {
            super(message, Optional.of(hint), Optional.empty());
        }
    }

    /** A builder failed or its outputs were rejected. */
    public static final class BuildFailed extends DaemonException {
        private final transient StorePath derivation;
        private final transient List<String> lastLines;
        private final transient Optional<Path> log;

        /**
         * @param reason what happened, such as {@code builder failed with exit code 1}
         * @param lastLines the end of the log, at most 25 lines
         * @param log the whole log
         */
        public BuildFailed(StorePath derivation, String reason, List<String> lastLines, Optional<Path> log) {
            this(derivation, reason, Optional.empty(), lastLines, log);
        }

        /** The same, where something can be said about what to do. */
        public BuildFailed(
                StorePath derivation,
                String reason,
                Optional<String> hint,
                List<String> lastLines,
                Optional<Path> log) {
            super("building '" + derivation + "' failed: " + reason, hint, Optional.empty());
            this.derivation = derivation;
            this.lastLines = List.copyOf(lastLines);
            this.log = log;
        }

        /** What was built. */
        public StorePath derivation() {
            return derivation;
        }

        /** The end of the log, at most 25 lines. */
        public List<String> lastLines() {
            return lastLines;
        }

        /** The whole log. */
        public Optional<Path> log() {
            return log;
        }
    }

    /** Fixed contents have another hash than was promised. */
    public static final class HashMismatch extends DaemonException {
        private final transient StorePath path;
        private final transient Hash expected;
        private final transient Hash actual;

        public HashMismatch(StorePath path, Hash expected, Hash actual) {
            super(
                    "hash mismatch for '" + path + "': expected " + expected.algorithm().id() + " " + expected.base32()
                            + ", got " + actual.base32(),
                    Optional.of("The file was changed where it comes from, or the definition is wrong. "
                            + "If the new contents are right, put the new hash into the package definition."),
                    Optional.empty());
            this.path = path;
            this.expected = expected;
            this.actual = actual;
        }

        /** The output. */
        public StorePath path() {
            return path;
        }

        /** What was promised. */
        public Hash expected() {
            return expected;
        }

        /** What the contents have. */
        public Hash actual() {
            return actual;
        }
    }

    /** An item to be deleted is still needed. */
    public static final class StillAlive extends DaemonException {
        private final transient StorePath path;
        private final transient Root root;
        private final transient List<StorePath> chain;

        /** @param chain from the root's item to {@code path}, both included */
        public StillAlive(StorePath path, Root root, List<StorePath> chain) {
            super(
                    "cannot delete '" + path + "' since it is still alive: held by " + root.name(),
                    Optional.of("Remove that root first, or the packages or generations behind it."),
                    Optional.empty());
            this.path = path;
            this.root = root;
            this.chain = List.copyOf(chain);
        }

        /** The item that was to be deleted. */
        public StorePath path() {
            return path;
        }

        /** What keeps the item, or something that needs it, alive. */
        public Root root() {
            return root;
        }

        /** From the root's item to {@link #path}, both included. */
        public List<StorePath> chain() {
            return chain;
        }
    }

    /** The caller's thread was interrupted; nothing half-done is left. */
    public static final class Cancelled extends DaemonException {
        public Cancelled() {
            super("cancelled", Optional.empty(), Optional.empty());
        }
    }
}
