// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks at the list of channels and changes it, by commands of its own. */
@Command(
        name = "channel",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ChannelListCommand.class,
            ChannelAddCommand.class,
            ChannelEnableCommand.class,
            ChannelDisableCommand.class,
            ChannelPriorityCommand.class,
            ChannelRemoveCommand.class
        })
final class ChannelCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec == null ? new CommandLine(this) : spec.commandLine(), Texts.text("error.no-command"));
    }
}
