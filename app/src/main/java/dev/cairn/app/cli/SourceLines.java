// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import dev.cairn.app.ChannelOrigin;
import dev.cairn.channel.ChannelRevision;
import dev.cairn.channel.ChannelStatus;
import dev.cairn.channel.SourceStatus;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** The places that a channel is fetched from, line by line. */
final class SourceLines {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private SourceLines() {}

    /** A point of time for people, in their own time zone. */
    static String time(Instant time) {
        return TIME.format(time.atZone(ZoneId.systemDefault()));
    }

    static String kind(ChannelOrigin origin) {
        return switch (origin) {
            case ChannelOrigin.Bundled _ -> "bundled";
            case ChannelOrigin.Folder _ -> "folder";
            case ChannelOrigin.Machine _, ChannelOrigin.Archive _ -> "debian";
            case ChannelOrigin.Guix _ -> "guix";
        };
    }

    static void print(Output out, ChannelStatus status) throws IOException {
        for (SourceStatus source : status.sources()) {
            String made = source.date().map(date -> Texts.text("source.date", time(date))).orElse("");
            out.line("  " + Printable.line(source.label() + made));
            for (String relaxed : source.relaxed()) {
                out.line("    " + Texts.text("source.relaxed", Printable.line(relaxed)));
            }
            if (source.problem().isPresent()) {
                out.line("    " + Texts.text("source.problem", Printable.line(source.problem().get())));
            }
            if (source.hint().isPresent()) {
                out.line("    " + Texts.text("hint", Printable.line(source.hint().get())));
            }
        }
    }

    /** Which revision a channel that keeps them offers now. */
    static void revision(Output out, ChannelStatus status) throws IOException {
        if (status.revision().isPresent()) {
            ChannelRevision revision = status.revision().get();
            out.line("  " + Texts.text(
                    "revision.line", revision.number(), revision.commit(), revision.packages()));
        }
    }

    static void json(JsonGenerator json, ChannelStatus status) {
        json.writeArrayPropertyStart("sources");
        for (SourceStatus source : status.sources()) {
            json.writeStartObject();
            json.writeStringProperty("label", source.label());
            json.writeStringProperty("origin", source.origin());
            Json.optional(json, "date", source.date());
            Json.optional(json, "validUntil", source.validUntil());
            Json.strings(json, "signers", source.signers());
            Json.strings(json, "relaxed", source.relaxed());
            Json.optional(json, "problem", source.problem());
            Json.optional(json, "hint", source.hint());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
