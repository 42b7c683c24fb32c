// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.web;

import java.time.Duration;

/** How long a connection may stay as it is. Set by its own thread, looked at by others. */
final class Stopwatch {
    /** What a connection is at. */
    enum Phase {
        /** Between requests. */
        IDLE,
        /** A request comes in. */
        READING,
        /** An answer is being made; that may take its time. */
        WORKING,
        /** Some of an answer is on its way to the client. */
        SENDING,
        /** What the client still sends is thrown away. */
        ENDING
    }

    private record Now(Phase phase, long since, long deadline) {}

    private final WebLimits limits;
    private volatile Now now;

    Stopwatch(WebLimits limits) {
        this.limits = limits;
        this.now = new Now(Phase.IDLE, System.nanoTime(), System.nanoTime() + limits.idle().toNanos());
    }

    void enter(Phase phase) {
        Duration limit =
                switch (phase) {
                    case IDLE -> limits.idle();
                    case READING -> limits.head();
                    case WORKING -> Duration.ofDays(365);
                    case SENDING -> limits.stall();
                    case ENDING -> Duration.ofSeconds(2);
                };
        long time = System.nanoTime();
        now = new Now(phase, time, time + limit.toNanos());
    }

    boolean isIdle() {
        return now.phase() == Phase.IDLE;
    }

    /** How long it has been as it is, in nanoseconds. */
    long elapsed() {
        return System.nanoTime() - now.since();
    }

    boolean isOver() {
        return System.nanoTime() - now.deadline() > 0;
    }
}
