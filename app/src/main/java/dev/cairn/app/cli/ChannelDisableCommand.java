// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Channels;
import dev.cairn.error.CairnException;
import picocli.CommandLine.Command;

/** Has a channel offer nothing, without forgetting it. */
@Command(name = "disable")
final class ChannelDisableCommand extends ChannelChangeCommand {
    @Override
    void change(Channels channels, String channel) throws CairnException {
        channels.setEnabled(channel, false);
    }

    @Override
    String done(String channel) {
        return Texts.text("channel.disabled", channel);
    }
}
