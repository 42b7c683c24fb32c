// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at all connections again and again: begins to watch clients whose work takes longer, so that most requests need
 * no second thread, and breaks with clients that stall. It looks often while anything changes, seldom while work goes
 * on that is watched already, and rests when all clients only wait, until one of them {@linkplain #stir stirs}.
 */
final class Patrol implements Runnable {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long SLOW_TICK = 10 * TICK;

    /**
     * How long after a change it goes on looking often, so that clients that ask and ask need not wake it each time.
     */
    private static final long RESTLESS = TimeUnit.SECONDS.toNanos(1);

    private final Set<Connection> connections;
    private final Limits limits;
    private final Journal journal;
    private final Thread thread;

    /** Whether it looks seldom, or not at all, and so is to be told of changes. */
    private volatile boolean resting;

    /** @param connections may change meanwhile */
    Patrol(Set<Connection> connections, Limits limits, Journal journal) {
        this.connections = connections;
        this.limits = limits;
        this.journal = journal;
        this.thread = Thread.ofPlatform().daemon().name("patrol").unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** Ends it. */
    void end() {
        thread.interrupt();
    }

    /** Something has begun on a connection. Costs nothing unless nothing had happened anywhere for a second. */
    void stir() {
        if (resting) {
            resting = false;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            for (Connection connection : connections) {
                look(connection);
            }
            if (isQuiet()) {
                // Told first and looked again afterwards, so that nothing begins unnoticed between the two.
                resting = true;
                if (isQuiet()) {
                    rest();
                }
                resting = false;
            } else {
                LockSupport.parkNanos(this, TICK);
            }
        }
    }

    private boolean isQuiet() {
        long now = System.nanoTime();
        for (Connection connection : connections) {
            if (now - connection.since() < RESTLESS) {
                return false;
            }
        }
        return true;
    }

    private void rest() {
        for (Connection connection : connections) {
            if (connection.phase() != Connection.Phase.IDLE) {
                LockSupport.parkNanos(this, SLOW_TICK);
                return;
            }
        }
        LockSupport.park(this);
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
