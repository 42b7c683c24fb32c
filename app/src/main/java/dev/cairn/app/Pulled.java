// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.channel.ChannelStatus;
import dev.cairn.channel.SourceStatus;
import dev.cairn.error.CairnException;
import java.util.Optional;

/**
 * What fetching a channel came to.
 *
 * @param changed whether it offers other packages than before
 * @param failure why nothing came of it as a whole
 */
public record Pulled(String channel, boolean changed, ChannelStatus status, Optional<CairnException> failure) {
    /** Whether at least one of its sources gives packages now. */
    public boolean isUsable() {
        return failure.isEmpty()
                && status.sources().stream().map(SourceStatus::problem).anyMatch(Optional::isEmpty);
    }
}
