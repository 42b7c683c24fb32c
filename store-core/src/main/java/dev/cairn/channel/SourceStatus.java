// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How it stands with one of the places that a channel takes its packages from.
 *
 * @param label how people tell it from others
 * @param origin where the user or the system names it, such as {@code FILE:LINE}
 * @param date when the place says that its contents were made
 * @param validUntil when they expire
 * @param signers fingerprints of the keys that vouch for it
 * @param relaxed checks that were left out because the configuration says so, one sentence each
 * @param problem why it gives no packages, or only those of an earlier time
 * @param hint what to do about that
 */
public record SourceStatus(
        String label,
        String origin,
        Optional<Instant> date,
        Optional<Instant> validUntil,
        List<String> signers,
        List<String> relaxed,
        Optional<String> problem,
        Optional<String> hint) {
    public SourceStatus {
        signers = List.copyOf(signers);
        relaxed = List.copyOf(relaxed);
    }

    /** The same under another label. */
    public SourceStatus labelled(String other) {
        return new SourceStatus(other, origin, date, validUntil, signers, relaxed, problem, hint);
    }
}
