// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.OptionalLong;

/**
 * How fast something gets further: the mean of the last seconds, so that the number can be read. It is known only
 * after a moment, and not at all while nothing moves. For one thread.
 */
final class Speed {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration LEAST = Duration.ofMillis(800);
    private static final long MILLIS = 1000;

    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    private record Sample(Instant time, long done) {}

    /** Notes how far it is; when that is less than before, or the clock was set back, it has begun anew. */
    void add(Instant now, long done) {
        Sample last = samples.peekLast();
        if (last != null && (done < last.done() || now.isBefore(last.time()))) {
            samples.clear();
        }
        samples.addLast(new Sample(now, done));
        trim(now);
    }

    /** Forgets how fast it was. */
    void forget() {
        samples.clear();
    }

    /** Units in a second, more than 0, where that is known. */
    OptionalLong perSecond(Instant now) {
        trim(now);
        if (samples.isEmpty()) {
            return OptionalLong.empty();
        }
        Sample first = samples.getFirst();
        long millis = Duration.between(first.time(), now).toMillis();
        if (millis < LEAST.toMillis()) {
            return OptionalLong.empty();
        }
        double rate = (double) (samples.getLast().done() - first.done()) * MILLIS / millis;
        return rate >= 1 ? OptionalLong.of((long) rate) : OptionalLong.empty();
    }

    /** Seconds until {@code rest} more units are done, at least 1, where that can be said. */
    OptionalLong secondsFor(long rest, Instant now) {
        OptionalLong rate = perSecond(now);
        return rate.isPresent() && rest > 0
                ? OptionalLong.of(Math.max(1, Math.ceilDiv(rest, rate.getAsLong())))
                : OptionalLong.empty();
    }

    /** Keeps one sample from before the window, where what happened in it began. */
    private void trim(Instant now) {
        Instant begin = now.minus(WINDOW);
        while (samples.size() > 1) {
            Sample first = samples.removeFirst();
            if (samples.getFirst().time().isAfter(begin)) {
                samples.addFirst(first);
                return;
            }
        }
    }
}
