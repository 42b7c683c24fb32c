// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.debian;

import dev.cairn.channel.SourceStatus;
import java.util.List;

/**
 * What fetching gave.
 *
 * @param indices what is verified, whether fetched now or kept from before
 * @param sources one for each source, those with a problem too
 * @param changed whether anything differs from what was there before
 */
public record FetchReport(List<FetchedIndex> indices, List<SourceStatus> sources, boolean changed) {
    public FetchReport {
        indices = List.copyOf(indices);
        sources = List.copyOf(sources);
    }
}
