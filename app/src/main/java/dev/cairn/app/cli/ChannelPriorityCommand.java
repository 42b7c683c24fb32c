// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says which channel goes before which. */
@Command(name = "priority")
final class ChannelPriorityCommand extends CairnCommand {
    @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "channel-name")
    private String name = "";

    @Parameters(index = "1", paramLabel = "NUMBER", descriptionKey = "channel-priority")
    private int priority;


    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        workspace.channelList().setPriority(name, priority);
        session.out().line(Texts.text("channel.priority", name, priority));
        return ExitCode.OK;
    }
}
