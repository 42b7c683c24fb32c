// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.format;

import java.time.Duration;
import java.time.Instant;

/** Times for people, seen from now. */
public final class RelativeTimes {
    private RelativeTimes() {}

    /** Such as {@code just now}, {@code 5 min ago}, {@code 3 h ago}, {@code 2 days ago}. */
    public static String text(Instant time, Instant now) {
        long seconds = Math.max(0, Duration.between(time, now).toSeconds());
        if (seconds < 60) {
            return "just now";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min ago";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + " h ago";
        }
        long days = seconds / 86_400;
        if (days < 60) {
            return days == 1 ? "yesterday" : days + " days ago";
        }
        return days < 730 ? days / 30 + " months ago" : days / 365 + " years ago";
    }
}
