// SPDX-License-Identifier: Apache-2.0
package dev.cairn.profile;

import dev.cairn.path.StorePath;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One state of a profile.
 *
 * @param number 1 and up; 0 is the empty generation that rolling back from the first one makes
 * @param time when it was made
 * @param current whether the profile points at it
 * @param parent the generation it was made from, where that was recorded
 * @param cause what the user did, such as {@code Installed hello}, where that was recorded
 * @param tag what the user put on it
 * @param item the profile item in the store
 */
public record Generation(
        int number,
        Instant time,
        boolean current,
        OptionalInt parent,
        Optional<String> cause,
        GenerationTag tag,
        StorePath item) {
    /** Whether it is deleted only when that is what the user means: not the current one, nor one that is pinned. */
    public boolean isExpendable() {
        return !current && !tag.pinned();
    }
}
