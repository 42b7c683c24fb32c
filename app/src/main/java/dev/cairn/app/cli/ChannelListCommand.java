// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.ChannelInfo;
import dev.cairn.app.Workspace;
import dev.cairn.error.CairnException;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** Lists the channels and how it stands with them. */
@Command(name = "list")
final class ChannelListCommand extends CairnCommand {
    @Option(names = "--json", descriptionKey = "json", order = 11)
    private boolean json;

    @Override
    int run(Session session, Workspace workspace) throws CairnException, IOException {
        List<ChannelInfo> channels = workspace.channelList().list();
        if (json) {
            Json.print(session.out(), generator -> {
                generator.writeStartArray();
                channels.forEach(channel -> json(generator, channel));
                generator.writeEndArray();
            });
            return ExitCode.OK;
        }
        for (ChannelInfo channel : channels) {
            text(session.out(), channel);
        }
        return ExitCode.OK;
    }

    private static void text(Output out, ChannelInfo channel) throws IOException {
        out.line(Texts.text(
                channel.entry().enabled() ? "channel.line" : "channel.disabled-line",
                channel.entry().name(),
                channel.entry().priority(),
                Printable.line(channel.location())));
        if (channel.problem().isPresent()) {
            out.line("  " + Texts.text("channel.problem", Printable.line(channel.problem().get())));
        }
        if (channel.status().fetches()) {
            out.line("  " + channel.status()
                    .fetched()
                    .map(time -> Texts.text("channel.fetched", SourceLines.time(time)))
                    .orElseGet(() -> Texts.text("channel.never-fetched")));
        }
        SourceLines.print(out, channel.status());
        SourceLines.revision(out, channel.status());
    }

    private static void json(JsonGenerator json, ChannelInfo channel) {
        json.writeStartObject();
        json.writeStringProperty("name", channel.entry().name());
        json.writeStringProperty("kind", SourceLines.kind(channel.entry().origin()));
        json.writeBooleanProperty("enabled", channel.entry().enabled());
        json.writeNumberProperty("priority", channel.entry().priority());
        json.writeStringProperty("location", channel.location());
        json.writeBooleanProperty("removable", !channel.entry().origin().isGiven());
        json.writeStringProperty("description", channel.status().description());
        json.writeBooleanProperty("fetches", channel.status().fetches());
        Json.optional(json, "fetched", channel.status().fetched());
        Json.optional(json, "problem", channel.problem());
        if (channel.status().revision().isPresent()) {
            json.writeName("revision");
            ChannelRevisions.json(json, channel.status().revision().get());
        }
        SourceLines.json(json, channel.status());
        json.writeEndObject();
    }
}
