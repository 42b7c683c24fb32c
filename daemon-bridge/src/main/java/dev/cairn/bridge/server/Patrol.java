// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Looks at all connections again and again: begins to watch clients whose work takes longer, so that most requests need
 * no second thread, and breaks with clients that stall.
 */
final class Patrol implements Runnable {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(25);

    private final Set<Connection> connections;
    private final Limits limits;
    private final Journal journal;

    /** @param connections may change meanwhile */
    Patrol(Set<Connection> connections, Limits limits, Journal journal) {
        this.connections = connections;
        this.limits = limits;
        this.journal = journal;
    }

    @Override
    public void run() {
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(connections.isEmpty() ? 4 * TICK : TICK);
                for (Connection connection : connections) {
                    look(connection);
                }
            }
        } catch (InterruptedException _) {
            // The server ends.
        }
    }

    private void look(Connection connection) {
        if (connection.hasStalled(limits)) {
            if (connection.phase() != Connection.Phase.ENDING) {
                journal.note("ending the connection of " + connection.peer().description()
                        + ", which has stopped in the middle of a conversation");
            }
            connection.sever();
        } else if (connection.wantsWatch(TICK)) {
            Thread.ofPlatform().daemon().name("watch").start(connection::watch);
        }
    }
}
