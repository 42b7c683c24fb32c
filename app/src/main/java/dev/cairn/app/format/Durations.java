// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.format;

/** Times that something takes, for people: two units at most. */
public final class Durations {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Durations() {}

    /** Such as {@code 5 s}, {@code 2 min 10 s}, {@code 12 min}, {@code 1 h 5 min}, {@code more than a day}. */
    public static String text(long seconds) {
        long time = Math.max(0, seconds);
        if (time < MINUTE) {
            return time + " s";
        }
        if (time < 10 * MINUTE) {
            return both(time / MINUTE, " min", time % MINUTE / 10 * 10, " s");
        }
        if (time < HOUR) {
            return time / MINUTE + " min";
        }
        return time < DAY ? both(time / HOUR, " h", time % HOUR / MINUTE, " min") : "more than a day";
    }

    private static String both(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : " " + small + smallUnit);
    }
}
