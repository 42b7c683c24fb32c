// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.ChannelEntry;
import dev.cairn.app.ChannelOrigin;
import dev.cairn.app.Workspace;
import dev.cairn.channel.ChannelRevision;
import dev.cairn.channel.guix.GuixSource;
import dev.cairn.channel.guix.definition.ChannelDefinition;
import dev.cairn.channel.guix.definition.ChannelHome;
import dev.cairn.channel.guix.definition.ChannelsFormat;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says which revisions of GNU Guix the channels offer, in the formats of {@code guix describe}. */
@Command(name = "describe")
final class DescribeCommand extends CairnCommand {
    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            descriptionKey = "describe-format",
            order = 10)
    private String format = "human";

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        ChannelsFormat chosen = ChannelsFormat.of(format)
                .orElseThrow(() -> new UsageException(Texts.text("error.describe-format", format)));
        List<ChannelDefinition> channels = new ArrayList<>();
        for (ChannelEntry entry : workspace.channelList().entries()) {
            if (entry.enabled() && entry.origin() instanceof ChannelOrigin.Guix(GuixSource source)) {
                Optional<ChannelRevision> current = workspace.channelList().revisions(entry.name()).stream()
                        .filter(ChannelRevision::current)
                        .findFirst();
                if (current.isEmpty()) {
                    session.note(Texts.text("never-fetched", entry.name()));
                } else if (source.home().isEmpty()) {
                    session.note(Texts.text("describe.elsewhere", entry.name(), source.repository()));
                } else {
                    channels.add(definition(current.get(), source, source.home().get()));
                }
            }
        }
        if (channels.isEmpty()) {
            session.note(Texts.text("describe.nothing"));
            return ExitCode.FAILURE;
        }
        session.out().print(chosen.print(channels));
        return ExitCode.OK;
    }

    private static ChannelDefinition definition(ChannelRevision revision, GuixSource source, ChannelHome home) {
        return new ChannelDefinition(
                ChannelDefinition.GUIX.name(),
                home.url(),
                Optional.of(revision.branch().isEmpty() ? source.branch() : revision.branch()),
                Optional.of(revision.commit()),
                home.introduction());
    }
}
