// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

import java.time.Duration;

/**
 * How long a server is waited for.
 *
 * @param connect until there is a connection
 * @param answer until an answer begins
 * @param standstill until more of a body comes
 * @param attempts how often a file is asked for at most, at least once
 * @param pause before the second attempt, twice as long before each further one
 */
public record Patience(Duration connect, Duration answer, Duration standstill, int attempts, Duration pause) {
    /** For files that take their time. */
    public static final Patience USUAL = new Patience(
            Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(60), 5, Duration.ofMillis(400));

    /** For small files that somebody waits for. */
    public static final Patience BRISK = new Patience(
            Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(20), 3, Duration.ofMillis(200));

    /** For files that somebody else may have, too. */
    public static final Patience MOVING_ON = new Patience(
            Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(20), 4, Duration.ofMillis(300));

    public Patience {
        if (attempts < 1) {
            throw new IllegalArgumentException("no attempt at all");
        }
    }
}
