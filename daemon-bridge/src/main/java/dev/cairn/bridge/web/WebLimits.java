// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

import java.time.Duration;

/**
 * How much of a server one client can take up.
 *
 * @param connections at once; when there are as many, the one that has been idle for longest makes room
 * @param idle how long a connection may wait for its next request
 * @param head how long a request may take to come in
 * @param stall how long a client may take for the next 64 KiB of what is sent to it
 * @param farewell how long answers may go on when the server ends
 */
public record WebLimits(int connections, Duration idle, Duration head, Duration stall, Duration farewell) {
    public static final WebLimits DEFAULT = new WebLimits(
            500, Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(120), Duration.ofSeconds(10));

    public WebLimits {
        if (connections < 1) {
            throw new IllegalArgumentException("a server has room for at least one connection, not " + connections);
        }
    }
}
