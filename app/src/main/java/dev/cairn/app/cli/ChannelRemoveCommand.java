// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes a channel off the list. */
@Command(name = "remove")
final class ChannelRemoveCommand extends CairnCommand {
    @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "channel-name")
    private String name = "";


    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        workspace.channelList().remove(name);
        session.out().line(Texts.text("channel.removed", name));
        return ExitCode.OK;
    }
}
