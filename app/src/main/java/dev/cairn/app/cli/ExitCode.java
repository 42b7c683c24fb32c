// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

/** What the program tells its caller (docs/cli.md). */
final class ExitCode {
    static final int OK = 0;

    /** What was asked for could not be done, or nothing was found. */
    static final int FAILURE = 1;

    /** The command line itself is wrong. */
    static final int USAGE = 2;

    /** A defect of Cairn. */
    static final int DEFECT = 70;

    /** Ended by Ctrl-C, as a shell would report it. */
    static final int CANCELLED = 130;

    /** Whoever read standard output went away, as a shell would report it. */
    static final int BROKEN_PIPE = 141;

    private ExitCode() {}
}
