// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How it stands with a channel.
 *
 * @param description what it offers, one line
 * @param fetched when its contents were last fetched; empty for one that was not yet, or is read where it is
 * @param fetches whether it has to be fetched before it offers packages
 * @param sources the places that it is fetched from
 * @param revision the one that it offers now, of a channel that keeps revisions and has one
 */
public record ChannelStatus(
        String description,
        Optional<Instant> fetched,
        boolean fetches,
        List<SourceStatus> sources,
        Optional<ChannelRevision> revision) {
    /** That of a channel which is read where it is and tells nothing about itself. */
    public static final ChannelStatus NOTHING = new ChannelStatus("", Optional.empty(), false, List.of());

    public ChannelStatus {
        sources = List.copyOf(sources);
    }

    /** That of a channel without revisions. */
    public ChannelStatus(
            String description, Optional<Instant> fetched, boolean fetches, List<SourceStatus> sources) {
        this(description, fetched, fetches, sources, Optional.empty());
    }
}
