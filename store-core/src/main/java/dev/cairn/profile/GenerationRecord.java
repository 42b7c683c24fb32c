// SPDX-License-Identifier: Apache-2.0
package dev.cairn.profile;

import dev.cairn.path.StorePath;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is remembered of a generation beyond its link.
 *
 * @param item what the link led to when this was written; a record for another item is about a generation that is gone
 * @param time when it was made, to the millisecond
 * @param parent the generation that was current before
 * @param cause what the user did
 * @param tag what the user put on it
 * @param pending whether it had not become current yet when this was written
 */
record GenerationRecord(
        StorePath item,
        Instant time,
        OptionalInt parent,
        Optional<String> cause,
        GenerationTag tag,
        boolean pending) {
    GenerationRecord settled() {
        return new GenerationRecord(item, time, parent, cause, tag, false);
    }

    GenerationRecord tagged(GenerationTag other) {
        return new GenerationRecord(item, time, parent, cause, other, pending);
    }
}
