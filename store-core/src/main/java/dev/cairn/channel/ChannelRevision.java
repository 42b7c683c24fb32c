// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel;

import java.time.Instant;
import java.util.Optional;

/**
 * What a channel offered at one time, kept as it was.
 *
 * @param number counts on from 1 with every revision that was fetched
 * @param commit the revision of the definitions, 40 hexadecimal digits
 * @param branch that it was on when it was fetched; empty for one that was asked for by its commit
 * @param date when the commit appeared on the branch, where known
 * @param fetched when it was fetched
 * @param packages how many packages it has, each name counted once
 * @param current whether it is the one that the channel offers now
 */
public record ChannelRevision(
        int number,
        String commit,
        String branch,
        Optional<Instant> date,
        Instant fetched,
        int packages,
        boolean current) {
    private static final int SHORT = 7;

    /** The beginning of the commit, as people name it. */
    public String shortCommit() {
        return commit.substring(0, Math.min(SHORT, commit.length()));
    }
}
