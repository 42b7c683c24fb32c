// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.Channels;
import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import java.io.IOException;
import picocli.CommandLine.Parameters;

/** A command that changes one channel on the list, and says so. */
abstract class ChannelChangeCommand extends CairnCommand {
    @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "channel-name")
    private String name = "";

    abstract void change(Channels channels, String channel) throws CairnException;

    /** What to say afterwards. */
    abstract String done(String channel);

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        change(workspace.channelList(), name);
        session.out().line(done(name));
        return ExitCode.OK;
    }
}
