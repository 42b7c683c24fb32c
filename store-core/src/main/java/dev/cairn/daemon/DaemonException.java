// SPDX-License-Identifier: Apache-2.0
package dev.cairn.daemon;

import dev.cairn.error.CairnException;
import dev.cairn.fs.IoReasons;
import dev.cairn.hash.Hash;
import dev.cairn.path.StorePath;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong when asking a store. The message is for people; beside it there is the text in which guix-daemon
 * tells the same to its clients.
 */
public abstract sealed class DaemonException extends CairnException {
    private transient @Nullable FailedRequest request;

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

    /** What guix-daemon says in place of the message; sent as UTF-8. */
    public final String wireMessage() {
        FailedRequest failed = request;
        return failed == null ? ownWireMessage() : failed.message();
    }

    /** The status that guix-daemon sends with {@link #wireMessage} (daemon, section 3): 1, 100 or 101. */
    public final int wireStatus() {
        FailedRequest failed = request;
        return failed == null ? ownWireStatus() : failed.status();
    }

    /** What this failure is to guix-daemon where it stands by itself. */
    String ownWireMessage() {
        return getMessage();
    }

    /** The status of this failure where it stands by itself. */
    int ownWireStatus() {
        return 1;
    }

    /** What of a request to build could not be made, where this is the first reason for that. */
    public final Optional<FailedRequest> request() {
        return Optional.ofNullable(request);
    }

    /** This failure, as the end of a whole request to build. */
    public final DaemonException endOf(FailedRequest failed) {
        request = failed;
        return this;
    }

    /** An item that must be in the store is not. */
    public static final class NotValid extends DaemonException {
        private final transient StorePath path;
        private final boolean typographic;

        public NotValid(StorePath path) {
            this(path, false);
        }

        private NotValid(StorePath path, boolean typographic) {
            super(
                    "'" + path + "' is not in the store",
                    path.isDerivation()
                            ? Optional.of("Servers may have derivations, too: name one with"
                                    + " --derivation-substitute-urls=URL, and authorise its key if you trust its owner.")
                            : Optional.empty(),
                    Optional.empty());
            this.path = path;
            this.typographic = typographic;
        }

        /** The same, of a reference or a derivation's outputs, which guix-daemon says with other quotation marks. */
        public static NotValid typographic(StorePath path) {
            return new NotValid(path, true);
        }

        @Override
        String ownWireMessage() {
            return typographic ? "path ‘" + path + "’ is not valid" : "path `" + path + "' is not valid";
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
        private final transient Optional<String> wire;

        public Refused(String message, Optional<String> hint) {
            this(message, hint, Optional.empty());
        }

        /** @param wire what guix-daemon says instead, if it says something else */
        public Refused(String message, Optional<String> hint, Optional<String> wire) {
            super(message, hint, Optional.empty());
            this.wire = wire;
        }

        @Override
        String ownWireMessage() {
            return wire.orElseGet(this::getMessage);
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
        private final BuildFailure kind;
        private final transient Optional<String> endsRequest;
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
            this(derivation, BuildFailure.PERMANENT, reason, hint, lastLines, log);
        }

        /** The same, where it is another kind of failure than that of a builder that would fail again. */
        public BuildFailed(
                StorePath derivation,
                BuildFailure kind,
                String reason,
                Optional<String> hint,
                List<String> lastLines,
                Optional<Path> log) {
            this(derivation, kind, reason, hint, lastLines, log, Optional.empty());
        }

        /** The same. @param endsRequest what guix-daemon says where it gives up the whole request because of this */
        public BuildFailed(
                StorePath derivation,
                BuildFailure kind,
                String reason,
                Optional<String> hint,
                List<String> lastLines,
                Optional<Path> log,
                Optional<String> endsRequest) {
            super("building '" + derivation + "' failed: " + reason, hint, Optional.empty());
            this.derivation = derivation;
            this.kind = kind;
            this.endsRequest = endsRequest;
            this.lastLines = List.copyOf(lastLines);
            this.log = log;
        }

        @Override
        String ownWireMessage() {
            return endsRequest.orElseGet(
                    () -> new FailedRequest(new TreeSet<>(List.of(derivation)), EnumSet.of(kind)).message());
        }

        @Override
        int ownWireStatus() {
            return kind.status();
        }

        /** What was built. */
        public StorePath derivation() {
            return derivation;
        }

        /** Whether guix-daemon gives up the whole request because of this, even when it was told to go on. */
        public boolean isEndOfRequest() {
            return endsRequest.isPresent();
        }

        /** Whether it would fail again. */
        public BuildFailure kind() {
            return kind;
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

    /** A derivation built once more gave something else than before. */
    public static final class NotDeterministic extends DaemonException {
        /** Differences that the message names. */
        private static final int SHOWN = 3;

        private final transient StorePath derivation;
        private final transient StorePath output;
        private final transient List<String> differences;
        private final transient Optional<StorePath> kept;

        /**
         * @param output the one that differs
         * @param differences which files differ and how, one line each
         * @param kept where the other output can be looked at
         */
        public NotDeterministic(
                StorePath derivation, StorePath output, List<String> differences, Optional<StorePath> kept) {
            super(
                    "'" + derivation + "' does not always give the same: output '" + output + "' differs"
                            + kept.map(path -> " from '" + path + "'").orElse("")
                            + (differences.isEmpty() ? "" : " (" + firstOf(differences) + ")"),
                    kept.isPresent()
                            ? Optional.empty()
                            : Optional.of("To look at the other output, ask for it to be kept (--keep-failed)."),
                    Optional.empty());
            this.derivation = derivation;
            this.output = output;
            this.differences = List.copyOf(differences);
            this.kept = kept;
        }

        private static String firstOf(List<String> differences) {
            String first = differences.stream().limit(SHOWN).collect(Collectors.joining("; "));
            return differences.size() <= SHOWN ? first : first + "; and " + (differences.size() - SHOWN) + " more";
        }

        @Override
        String ownWireMessage() {
            return "derivation `" + derivation + "' may not be deterministic: output `" + output + "' differs"
                    + kept.map(path -> " from `" + path + "'").orElse("");
        }

        /** What was built. */
        public StorePath derivation() {
            return derivation;
        }

        /** The output that differs. */
        public StorePath output() {
            return output;
        }

        /** Which files differ and how, one line each. */
        public List<String> differences() {
            return differences;
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
                    Optional.of("The file was changed where it comes from, or on the way. Refresh the channels and try"
                            + " again. If a definition of your own names it, and the new contents are right, put"
                            + " their hash into the definition."),
                    Optional.empty());
            this.path = path;
            this.expected = expected;
            this.actual = actual;
        }

        @Override
        String ownWireMessage() {
            return "hash mismatch for store item '" + path + "'";
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

    /** An item that is not there could not be fetched from any server of substitutes. */
    public static final class NotSubstituted extends DaemonException {
        private static final String NO_SERVER = "no server of substitutes is known";

        private final transient StorePath path;
        private final transient List<String> reasons;
        private final transient Optional<String> wire;

        /** @param reasons why not, one for each server that was asked, each naming the server; empty for no server */
        public NotSubstituted(StorePath path, List<String> reasons) {
            this(path, reasons, Optional.empty(), Optional.empty());
        }

        /**
         * The same.
         *
         * @param hint what can be done about it, where that is known better than in general
         * @param wire what guix-daemon says instead, if it says something else
         */
        public NotSubstituted(StorePath path, List<String> reasons, Optional<String> hint, Optional<String> wire) {
            super(
                    "'" + path + "' is not in the store and cannot be fetched: "
                            + (reasons.isEmpty() ? NO_SERVER : String.join("; ", reasons)),
                    Optional.of(hint.orElse(reasons.isEmpty()
                            ? "Name one with --substitute-urls, or in the file 'substitutes' among the store's"
                                    + " settings."
                            : "Check the network and the item's name, authorise the server's key if you trust its"
                                    + " owner ('cairn archive --authorize'), or name another server with"
                                    + " --substitute-urls.")),
                    Optional.empty());
            this.path = path;
            this.reasons = List.copyOf(reasons);
            this.wire = wire;
        }

        @Override
        String ownWireMessage() {
            return wire.orElseGet(() -> "path `" + path + "' does not exist and cannot be created");
        }

        /** What was to be fetched. */
        public StorePath path() {
            return path;
        }

        /** Why not, one for each server that was asked; empty when there is none to ask. */
        public List<String> reasons() {
            return reasons;
        }
    }

    /** An item to be deleted is still needed. */
    public static final class StillAlive extends DaemonException {
        private final transient StorePath path;
        private final transient Root root;
        private final transient List<StorePath> chain;

        private static final int MAX_NAMED = 8;

        /** @param chain from the root's item to {@code path}, both included */
        public StillAlive(StorePath path, Root root, List<StorePath> chain) {
            super(
                    "cannot delete '" + path + "' since it is still alive: held by " + root.name() + way(chain),
                    Optional.of("Remove that root first, or the packages or generations behind it."),
                    Optional.empty());
            this.path = path;
            this.root = root;
            this.chain = List.copyOf(chain);
        }

        /** The items between the root and the one in question, not endlessly many. */
        private static String way(List<StorePath> chain) {
            List<String> between = chain.subList(0, chain.size() - 1).stream()
                    .limit(MAX_NAMED)
                    .map(StorePath::toString)
                    .toList();
            int more = chain.size() - 1 - between.size();
            return between.isEmpty()
                    ? ""
                    : ", through " + String.join(", ", between) + (more > 0 ? " and " + more + " more" : "");
        }

        @Override
        String ownWireMessage() {
            return "cannot delete path `" + path + "' since it is still alive";
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

    /** A daemon behind a socket cannot be spoken to, or no longer. Connecting anew may help. */
    public static final class Unavailable extends DaemonException {
        /** Why not. */
        public enum Reason {
            /** Nothing listens there. */
            ABSENT,
            /** This user may not connect. */
            NOT_PERMITTED,
            /** It speaks a version of the protocol from before what Cairn knows, or after. */
            UNKNOWN_VERSION,
            /** Whatever listens there is no daemon of this kind. */
            NOT_A_DAEMON,
            /** The connection broke, or what came over it made no sense any more. */
            LOST
        }

        private final Reason reason;
        private final transient String address;

        /** @param address where it was looked for, as the user would write it */
        public Unavailable(
                String address, Reason reason, String message, String hint, Optional<? extends Throwable> cause) {
            super(message, Optional.of(hint), cause);
            this.reason = reason;
            this.address = address;
        }

        /** Why not. */
        public Reason reason() {
            return reason;
        }

        /** Where it was looked for. */
        public String address() {
            return address;
        }
    }

    /** A daemon behind a socket answered with an error that has no other meaning here; the message is its own. */
    public static final class Remote extends DaemonException {
        public Remote(String message) {
            super(message, Optional.empty(), Optional.empty());
        }
    }

    /** The caller's thread was interrupted; nothing half-done is left. */
    public static final class Cancelled extends DaemonException {
        public Cancelled() {
            super("cancelled", Optional.empty(), Optional.empty());
        }
    }
}
