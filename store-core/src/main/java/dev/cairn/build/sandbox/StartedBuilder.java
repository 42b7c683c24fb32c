// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.sandbox;

import java.io.InputStream;
import java.time.Duration;

/** A builder that was started. Safe for use by several threads. */
public interface StartedBuilder {
    /** Its process number on this machine. */
    long pid();

    /** What it writes, both streams in one. Ends when nothing is left that could write. The caller closes it. */
    InputStream output();

    /** Waits until it has ended, for at most that long. @return whether it has */
    boolean await(Duration limit) throws InterruptedException;

    /** How it ended. To be asked once it has. */
    ExitStatus status();

    /** Ends it, and what it started as far as that has not left it, at once. Without effect once it has ended. */
    void kill();
}
