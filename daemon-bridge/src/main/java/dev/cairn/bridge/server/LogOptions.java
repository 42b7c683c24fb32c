// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.event.Event;

/**
 * What a client wants to be told while the daemon works for it (daemon, section 5).
 *
 * @param verbosity texts up to this level
 * @param buildVerbosity the verbosity from which on it gets what builders write
 * @param nested whether texts that belong to a build being prepared are indented
 * @param traces whether it gets lines for programs
 * @param multiplexed whether what builders write says which of them wrote it
 */
record LogOptions(int verbosity, int buildVerbosity, boolean nested, boolean traces, boolean multiplexed) {
    /** What clients get that have not asked for anything. */
    static LogOptions initial(Event.Verbosity verbosity) {
        return new LogOptions(verbosity.ordinal(), Event.Verbosity.INFO.ordinal(), true, false, false);
    }

    boolean tells(Event.Verbosity level) {
        return level.ordinal() <= verbosity;
    }

    boolean tellsOutput() {
        return verbosity >= buildVerbosity;
    }
}
