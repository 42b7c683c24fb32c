// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import java.util.HashMap;
import java.util.Map;

/** How many items are fetched side by side: so many as there is memory for what decompresses them. For one thread. */
final class Slots {
    private static final long MEMORY = 64L << 20;

    private final Map<Item, Long> inside = new HashMap<>();
    private long used;

    /** One item there is always room for. */
    boolean hasRoomFor(Item item) {
        return inside.isEmpty() || inside.size() < Substituter.MOST_AT_ONCE && used + need(item) <= MEMORY;
    }

    void enter(Item item) {
        long need = need(item);
        inside.put(item, need);
        used += need;
    }

    void leave(Item item) {
        Long need = inside.remove(item);
        if (need != null) {
            used -= need;
        }
    }

    private static long need(Item item) {
        Candidate candidate = item.candidates().peekFirst();
        if (candidate == null) {
            return 0;
        }
        // What the usual compressors look back at most, at their usual settings.
        long window =
                switch (candidate.compression()) {
                    case NONE -> 0;
                    case GZIP -> 1L << 16;
                    case ZSTD -> 8L << 20;
                    case BZIP2 -> 8L << 20;
                    case LZIP, XZ -> 64L << 20;
                };
        long onItsWay = NarStream.isTakenWhole(candidate)
                ? candidate.downloadSize().orElse(candidate.narSize())
                : Math.min(2 * candidate.narSize(), 2L << 20);
        return Math.min(candidate.narSize(), window) + onItsWay;
    }
}
