// SPDX-License-Identifier: Apache-2.0
package dev.cairn.channel.guix.definition;

import dev.cairn.error.CairnException;
import dev.cairn.error.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a list of channels says of Guix, whose packages alone a Data Service lists.
 *
 * @param guix the channel of that name
 * @param others those of other names, in the file's order
 */
public record ChannelsFile(ChannelDefinition guix, List<ChannelDefinition> others) {
    private static final String FORMAT = "list of channels";

    public ChannelsFile {
        others = List.copyOf(others);
    }

    /**
     * Reads code as {@code guix describe -f channels} writes it, or JSON as {@code -f json} does.
     *
     * @throws CairnException when it is neither, would have to be run, or has no channel {@code guix} or several
     */
    public static ChannelsFile parse(String text) throws CairnException {
        List<ChannelDefinition> all =
                text.stripLeading().startsWith("[") ? ChannelsJson.read(text) : ChannelsReader.read(text);
        List<ChannelDefinition> others = new ArrayList<>();
        Optional<ChannelDefinition> guix = Optional.empty();
        for (ChannelDefinition channel : all) {
            if (!channel.name().equals(ChannelDefinition.GUIX.name())) {
                others.add(channel);
            } else if (guix.isPresent()) {
                throw new FormatException(FORMAT, "two channels are called 'guix'");
            } else {
                guix = Optional.of(channel);
            }
        }
        return new ChannelsFile(
                guix.orElseThrow(() -> new FormatException(FORMAT, "no channel is called 'guix'")), others);
    }
}
