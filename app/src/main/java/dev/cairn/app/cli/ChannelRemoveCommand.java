// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Channels;
import dev.cairn.error.CairnException;
import picocli.CommandLine.Command;

/** Takes a channel off the list. */
@Command(name = "remove")
final class ChannelRemoveCommand extends ChannelChangeCommand {
    @Override
    void change(Channels channels, String channel) throws CairnException {
        channels.remove(channel);
    }

    @Override
    String done(String channel) {
        return Texts.text("channel.removed", channel);
    }
}
