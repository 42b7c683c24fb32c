// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.event.Activities;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much of all that is fetched has come. What nobody says the size of is estimated by what the others had. Safe for
 * use by several threads.
 */
final class Tally {
    private static final long PAUSE_NANOS = 100_000_000;

    /** What a NAR shrinks to, until it is known better. */
    private static final double USUAL_RATIO = 0.3;

    private final Activities.Activity whole;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Item, Part> parts = new HashMap<>();
    private long told;

    /** One item's part. */
    private static final class Part {
        private final long narSize;
        private OptionalLong size;

        /** Octets that came in vain. */
        private long wasted;

        private long done;

        Part(long narSize, OptionalLong size) {
            this.narSize = narSize;
            this.size = size;
        }
    }

    Tally(Activities.Activity whole) {
        this.whole = whole;
    }

    /** This will be fetched, or fetched anew from elsewhere. */
    void expect(Item item, Candidate candidate) {
        lock.lock();
        try {
            Part before = parts.get(item);
            Part part = new Part(candidate.narSize(), candidate.downloadSize());
            if (before != null) {
                part.wasted = before.wasted + before.done;
            }
            parts.put(item, part);
        } finally {
            lock.unlock();
        }
    }

    /** This will not be fetched after all. */
    void forget(Item item) {
        lock.lock();
        try {
            Part part = parts.get(item);
            if (part != null) {
                part.size = OptionalLong.of(part.done);
            }
        } finally {
            lock.unlock();
        }
    }

    /** So much of it has come. @param size as the server says */
    void came(Item item, Activities.Activity activity, long done, OptionalLong size) {
        lock.lock();
        try {
            Part part = parts.get(item);
            if (part == null) {
                return;
            }
            part.done = Math.max(done, part.done);
            if (size.isPresent()) {
                part.size = size;
            }
            OptionalLong total = part.size.isPresent()
                    ? OptionalLong.of(part.wasted + Math.max(part.done, part.size.getAsLong()))
                    : OptionalLong.empty();
            activity.progress(part.wasted + part.done, total);
            if (System.nanoTime() - told >= PAUSE_NANOS) {
                told = System.nanoTime();
                tell();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells how it stands. */
    void tell() {
        lock.lock();
        try {
            long done = 0;
            long known = 0;
            long knownNar = 0;
            long unknownNar = 0;
            for (Part part : parts.values()) {
                done += part.wasted + part.done;
                if (part.size.isPresent()) {
                    known += Math.max(part.size.getAsLong(), part.done) + part.wasted;
                    knownNar += part.narSize;
                } else {
                    unknownNar += part.narSize;
                }
            }
            double ratio = known > 0 && knownNar > 0 ? (double) known / knownNar : USUAL_RATIO;
            whole.progress(done, OptionalLong.of(Math.max(done, known + (long) (unknownNar * ratio))));
        } finally {
            lock.unlock();
        }
    }
}
