// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.channel;

import dev.cairn.channel.guix.GuixSource;
import dev.cairn.channel.guix.definition.ChannelDefinition;
import java.util.List;

/**
 * What a list of channels says, looked at before anything is added.
 *
 * @param guix what it says of Guix
 * @param others channels that it names besides, whose packages no service lists
 * @param source the channel that would be added
 */
public record ListedGuix(ChannelDefinition guix, List<ChannelDefinition> others, GuixSource source) {
    public ListedGuix {
        others = List.copyOf(others);
    }
}
