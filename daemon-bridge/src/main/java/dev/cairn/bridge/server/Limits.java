// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import java.time.Duration;

/**
 * How much of the daemon one client can take up. Waiting between requests is free: a client may keep its connection for
 * days.
 *
 * @param connections at once, of all clients together
 * @param connectionsOfOne at once, of one user other than the superuser, or of one host
 * @param greeting how long a client may take to introduce itself
 * @param stall how long a client may stop in the middle of a request, or not take what is sent to it
 */
public record Limits(int connections, int connectionsOfOne, Duration greeting, Duration stall) {
    public static final Limits DEFAULT = new Limits(500, 250, Duration.ofSeconds(30), Duration.ofMinutes(15));
}
