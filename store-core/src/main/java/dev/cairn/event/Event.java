// SPDX-License-Identifier: Apache-2.0
package dev.cairn.event;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that happened in a running operation. The window, the command line and, later, the wire protocol render
 * the same stream. Every activity has one {@link Started}, then any number of others, then exactly one of
 * {@link Finished}, {@link Failed} and {@link Cancelled}; identifiers are unique within the stream of one operation.
 */
public sealed interface Event {
    /** Stands where an event is about no single activity. */
    long NO_ACTIVITY = 0;

    /** The activity that this event is about. */
    long activity();

    /** What kind of work an activity is. */
    enum Kind {
        /** A whole user-visible operation, parent of the others. */
        OPERATION,
        /** Running a builder; the subject is the derivation. */
        BUILD,
        /** Fetching a file; the subject is its address. Progress is in octets. */
        DOWNLOAD,
        /**
         * Fetching what is missing of some items, parent of {@link #SUBSTITUTE}; the subject is the first of them.
         * Progress is in octets to be downloaded, of which the total may be an estimate that changes.
         */
        FETCH,
        /** Fetching one item; the subject is that. Progress is in octets to be downloaded. */
        SUBSTITUTE,
        /** Putting an item into the store. */
        ADD,
        /** Collecting garbage. Progress is in octets freed. */
        COLLECT,
        /** Checking the store. Progress is in items. */
        VERIFY,
        /** Hard-linking equal files. Progress is in items. */
        OPTIMISE,
        /** Reading channels into the catalog. Progress is in packages. */
        REFRESH
    }

    /**
     * An activity began.
     *
     * @param parent the activity it is part of
     * @param subject what it works on: a store path, an address or a title
     */
    record Started(long activity, OptionalLong parent, Kind kind, String subject) implements Event {}

    /**
     * An activity got further.
     *
     * @param done never less than before
     * @param total empty when not known
     */
    record Progressed(long activity, long done, OptionalLong total) implements Event {}

    /** An activity entered a named part of its work. */
    record Phase(long activity, String name) implements Event {}

    /** A line that a builder wrote, without line end; never longer than 64 KiB. */
    record LogLine(long activity, String line) implements Event {}

    /**
     * Octets that a builder wrote, as they came: maybe the middle of a line or of a character. The same output is also
     * told line by line, as {@link LogLine}; who shows lines ignores this one.
     *
     * @param octets at most 4096; not to be changed
     */
    record Output(long activity, byte[] octets) implements Event {}

    /**
     * A text of the daemon's own, in guix-daemon's words (daemon, section 6.3), without line end.
     *
     * @param level how much a listener must have asked for to be told
     */
    record Message(long activity, Verbosity level, String text) implements Event {}

    /**
     * A step of a build or a download as guix-daemon tells it to programs (daemon, section 6.2): a line that begins
     * with {@code @}, without line end.
     */
    record Trace(long activity, String line) implements Event {}

    /** How talkative a daemon is, from errors alone to everything (daemon, section 5). */
    enum Verbosity {
        ERROR,
        INFO,
        TALKATIVE,
        CHATTY,
        DEBUG,
        VOMIT
    }

    /** Something worth telling that is no failure. */
    record Note(long activity, String text) implements Event {}

    /** An activity ended well. */
    record Finished(long activity) implements Event {}

    /** An activity ended without its result; the cause travels as the exception of the operation. */
    record Failed(long activity, String message, Optional<String> hint) implements Event {}

    /** An activity was given up: somebody cancelled the operation, or another part of it failed. */
    record Cancelled(long activity) implements Event {}
}
