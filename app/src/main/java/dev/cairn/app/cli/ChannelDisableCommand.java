// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Has a channel offer nothing, without forgetting it. */
@Command(name = "disable")
final class ChannelDisableCommand extends CairnCommand {
    @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "channel-name")
    private String name = "";


    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        workspace.channelList().setEnabled(name, false);
        session.out().line(Texts.text("channel.disabled", name));
        return ExitCode.OK;
    }
}
