// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import java.time.Duration;
import java.util.Optional;

/**
 * How a suite is read, where apt's configuration says something of it.
 *
 * @param byHash whether indices are asked for by their digests
 * @param patches whether changes of an index are taken rather than the whole, where the archive has them
 * @param translations whether descriptions are taken that stand apart from the indices
 * @param inRelease where {@code InRelease} is, relative to its usual folder; then nothing else is tried
 * @param validAtLeast a release does not expire earlier than this after its date
 * @param validAtMost a release expires this long after its date, whatever it says
 * @param future how far ahead of this machine's clock a release may be
 */
public record ArchiveReading(
        ByHash byHash,
        boolean patches,
        boolean translations,
        Optional<String> inRelease,
        Optional<Duration> validAtLeast,
        Optional<Duration> validAtMost,
        Duration future) {
    /** When to ask for files by their digests. */
    public enum ByHash {
        NEVER,
        /** Where the release says that they can be had so. */
        OFFERED,
        ALWAYS
    }

    public static final ArchiveReading USUAL = new ArchiveReading(
            ByHash.OFFERED, true, true, Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofMinutes(5));
}
