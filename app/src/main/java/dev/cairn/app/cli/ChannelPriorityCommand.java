// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Channels;
import dev.cairn.error.CairnException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says which channel goes before which. */
@Command(name = "priority")
final class ChannelPriorityCommand extends ChannelChangeCommand {
    @Parameters(index = "1", paramLabel = "NUMBER", descriptionKey = "channel-priority")
    private int priority;

    @Override
    void change(Channels channels, String channel) throws CairnException {
        channels.setPriority(channel, priority);
    }

    @Override
    String done(String channel) {
        return Texts.text("channel.priority", channel, priority);
    }
}
