// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.timeline;

import dev.cairn.profile.Generation;
import java.time.LocalDate;

/**
 * A generation as the timeline shows it.
 *
 * @param generation what it is
 * @param day when it was made, in the user's time zone
 * @param time hour and minute of that, and how long ago
 * @param cause what the user did
 * @param added number of packages that its parent did not have
 * @param upgraded number of packages in another version or build than in its parent
 * @param removed number of packages that its parent had
 * @param branch whether it is known that it was made after a roll-back and not from the newest one there was then
 * @param gone whether what it held is not in the store any more
 * @param firstOfDay whether a heading with the day belongs above it
 */
public record TimelineRow(
        Generation generation,
        LocalDate day,
        String time,
        String cause,
        int added,
        int upgraded,
        int removed,
        boolean branch,
        boolean gone,
        boolean firstOfDay) {
    /** The same as the first of its day. */
    TimelineRow headed() {
        return new TimelineRow(generation, day, time, cause, added, upgraded, removed, branch, gone, true);
    }

    public int number() {
        return generation.number();
    }

    /** The name that the user gave it, else what the user did. */
    public String title() {
        return generation.tag().label().orElse(cause);
    }

    public boolean isNamed() {
        return generation.tag().label().isPresent();
    }

    public boolean isPinned() {
        return generation.tag().pinned();
    }

    public boolean isCurrent() {
        return generation.current();
    }
}
