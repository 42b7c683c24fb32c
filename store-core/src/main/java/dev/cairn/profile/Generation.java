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
 * @param item the profile item in the store
 */
public record Generation(
        int number, Instant time, boolean current, OptionalInt parent, Optional<String> cause, StorePath item) {}
