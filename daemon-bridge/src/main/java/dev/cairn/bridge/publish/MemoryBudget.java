// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.publish;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Keeps compressing for many clients at once from taking more memory than there is. */
final class MemoryBudget {
    private static final int LEAST = 64;

    private final int size;
    private final Semaphore megabytes;

    /** @param size megabytes in all; what needs more gets all of it */
    MemoryBudget(int size) {
        this.size = size;
        this.megabytes = new Semaphore(size, true);
    }

    /** Half of what this process may have. */
    static MemoryBudget ofProcess() {
        return new MemoryBudget((int) Math.max(LEAST, Runtime.getRuntime().maxMemory() / 2 >> 20));
    }

    /** Some memory, until it is given back. */
    interface Share extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for memory for all of these; empty when there was none in time. */
    Optional<Share> take(List<Packing> packings, Duration patience) throws InterruptedException {
        int wanted = Math.min(size, packings.stream().mapToInt(Packing::memory).sum());
        return megabytes.tryAcquire(wanted, patience.toNanos(), TimeUnit.NANOSECONDS)
                ? Optional.of(() -> megabytes.release(wanted))
                : Optional.empty();
    }
}
